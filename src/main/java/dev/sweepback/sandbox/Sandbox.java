package dev.sweepback.sandbox;

import java.time.Clock;
import tools.jackson.databind.node.ObjectNode;

/** A twin of each live system and of the application that is upgraded, listening on the loopback address, empty at first, living by one clock. */
public final class Sandbox implements AutoCloseable {

    /** Where the twins listen; 0 for any free port. */
    public record Ports(int unleash, int github, int vault, int dten) {
        /** Any free ports. */
        public static Ports free() {
            return new Ports(0, 0, 0, 0);
        }
    }

    private final Clock clock;
    private final UnleashTwin unleash;
    private final GithubTwin github;
    private final VaultTwin vault;
    private final DtenTwin dten;

    private Sandbox(Clock clock, Ports ports) {
        this.clock = clock;
        unleash = new UnleashTwin(clock, ports.unleash());
        github = new GithubTwin(clock, ports.github(), "acme", "dten");
        vault = new VaultTwin(clock, ports.vault());
        dten = new DtenTwin(ports.dten());
    }

    public static Sandbox start(Clock clock) {
        return start(clock, Ports.free());
    }

    /** Starts on known ports, so that settings files that name them stay right. */
    public static Sandbox start(Clock clock, Ports ports) {
        return new Sandbox(clock, ports);
    }

    public Clock clock() {
        return clock;
    }

    /** Where the twins listen now. */
    public Ports ports() {
        return new Ports(
                unleash.url().getPort(),
                github.url().getPort(),
                vault.url().getPort(),
                dten.url().getPort());
    }

    public UnleashTwin unleash() {
        return unleash;
    }

    public GithubTwin github() {
        return github;
    }

    public VaultTwin vault() {
        return vault;
    }

    /** The application that was upgraded. */
    public DtenTwin dten() {
        return dten;
    }

    /** The state of the three systems that affects behaviour, for comparing before and after. */
    public ObjectNode dump() {
        ObjectNode dump = unleash.dump();
        dump.setAll(github.dump());
        dump.setAll(vault.dump());
        return dump;
    }

    @Override
    public void close() {
        unleash.close();
        github.close();
        vault.close();
        dten.close();
    }
}
