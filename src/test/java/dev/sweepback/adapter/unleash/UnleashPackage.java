package dev.sweepback.adapter.unleash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/** The server as npm installs it, in build output; what is there already in the right version is used again. */
final class UnleashPackage {

    /** The version that the exchanges under {@code recordings/unleash} were recorded with. */
    static final String VERSION = "7.5.1";

    private static final Path FOLDER = Path.of("target", "unleash").toAbsolutePath();
    private static final Path LOG = FOLDER.resolve("npm.log");
    private static final int INSTALL_MINUTES = 5;

    private UnleashPackage() {}

    /** @return the folder in which {@link #SERVER} is a path */
    static Path install() throws IOException, InterruptedException {
        requireTool("node");
        requireTool("npm");
        if (!isInstalled()) {
            Files.createDirectories(FOLDER);
            // a package of its own, so that npm does not look for one in the folders above
            Files.writeString(FOLDER.resolve("package.json"), "{\"private\": true}\n");
            npmInstall();
        }
        return FOLDER;
    }

    static final String SERVER = "node_modules/unleash-server/dist/server.js";

    /** npm writes the lock file in node_modules last, so a broken installation is done again. */
    private static boolean isInstalled() throws IOException {
        Path modules = FOLDER.resolve("node_modules");
        Path description = modules.resolve("unleash-server").resolve("package.json");
        return Files.exists(modules.resolve(".package-lock.json"))
                && Files.exists(description)
                && JsonMapper.shared()
                        .readTree(Files.readString(description))
                        .path("version")
                        .asString("")
                        .equals(VERSION);
    }

    private static void npmInstall() throws IOException, InterruptedException {
        Process npm = new ProcessBuilder(
                        "npm",
                        "install",
                        "--save-exact",
                        "--omit=dev",
                        "--ignore-scripts",
                        "--no-audit",
                        "--no-fund",
                        "unleash-server@" + VERSION)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(LOG.toFile())
                .start();
        if (!npm.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES)) {
            npm.descendants().forEach(ProcessHandle::destroyForcibly);
            npm.destroyForcibly();
            throw new IllegalStateException("npm did not install unleash-server@" + VERSION + " within "
                    + INSTALL_MINUTES + " minutes; see " + LOG + ", and check that the npm registry can be reached");
        }
        if (npm.exitValue() != 0 || !isInstalled()) {
            throw new IllegalStateException("npm could not install unleash-server@" + VERSION
                    + "; check that the npm registry can be reached (npm ping). It said:\n" + Files.readString(LOG));
        }
    }

    private static void requireTool(String tool) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(List.of(tool, "--version"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor() == 0) {
                return;
            }
        } catch (IOException e) {
            throw new IllegalStateException(missing(tool), e);
        }
        throw new IllegalStateException(missing(tool));
    }

    private static String missing(String tool) {
        return "there is no working '" + tool
                + "' on the PATH. The profile 'real' tests against a real Unleash, which needs"
                + " Node.js 20 or newer with npm: install it from https://nodejs.org (Debian: apt-get install nodejs npm),"
                + " or build without -Preal";
    }
}
