package dev.sweepback.adapter.unleash;

import dev.sweepback.adapter.NpmPackage;
import java.io.IOException;
import java.nio.file.Path;

/** The server as npm installs it. */
final class UnleashPackage {

    /** The version that the exchanges under {@code recordings/unleash} were recorded with. */
    static final String VERSION = "7.5.1";

    static final String SERVER = "node_modules/unleash-server/dist/server.js";

    private UnleashPackage() {}

    /** @return the folder in which {@link #SERVER} is a path */
    static Path install() throws IOException, InterruptedException {
        return new NpmPackage("unleash-server", VERSION, "unleash", "tests against a real Unleash").install();
    }
}
