package dev.sweepback.cli;

import java.util.Set;

/** Where the program begins. */
public final class Main {

    private static final Set<String> VERSION = Set.of("version", "--version", "-V");

    private Main() {}

    /** Answers for its version before the command parser loads: that alone takes longer than all the rest of it. */
    public static void main(String[] args) {
        if (args.length == 1 && VERSION.contains(args[0])) {
            System.out.println(version());
            System.exit(Delivery.of(System.out).exit(ExitCode.DONE.number(), System.err));
        }
        System.exit(Cli.run(args, Outside.real()));
    }

    static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return "sweepback " + (version == null ? "(not packaged)" : version) + " (Java "
                + System.getProperty("java.version") + ")";
    }
}
