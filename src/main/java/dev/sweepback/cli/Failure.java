package dev.sweepback.cli;

/** Ends a command: what failed, on which thing, and what to do, for people and for scripts. */
final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final ExitCode exit;
    private final String code;
    private final String where;
    private final String remedy;

    /** @param code a word for scripts: {@code gate-closed} */
    Failure(ExitCode exit, String code, String what, String where, String remedy) {
        super(what);
        this.exit = exit;
        this.code = code;
        this.where = where;
        this.remedy = remedy;
    }

    ExitCode exit() {
        return exit;
    }

    String code() {
        return code;
    }

    String where() {
        return where;
    }

    String remedy() {
        return remedy;
    }
}
