package dev.sweepback.cli;

/** What the process ends with. The numbers are public contract. */
enum ExitCode {
    DONE(0),
    FAILURE(1),
    SOMETHING_TO_DO(2),
    PARTLY(3),
    GATE_CLOSED(4),
    REFUSED(5),
    STALE(6),
    CONFLICT(7),
    VERIFICATION_FAILED(8),
    USAGE(64),
    INTERRUPTED(130);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
