package dev.sweepback.adapter.unleash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/** The server as npm installs it, in build output; what is there already in the right version is used again. */
final class UnleashPackage {

    /** The version that the exchanges under {@code recordings/unleash} were recorded with. */
    static final String VERSION = "7.5.1";

    static final String SERVER = "node_modules/unleash-server/dist/server.js";

    private static final Path FOLDER = Path.of("target", "unleash").toAbsolutePath();
    private static final Path LOG = FOLDER.resolve("npm.log");
    private static final int INSTALL_MINUTES = 5;
    private static final int NODE = 20;
    private static final String REMEDY = "The profile 'real' tests against a real Unleash, which needs Node.js " + NODE
            + " or newer with npm: install it from https://nodejs.org (from Debian 13 on: apt-get install nodejs npm), or"
            + " build without -Preal";

    private UnleashPackage() {}

    /** @return the folder in which {@link #SERVER} is a path */
    static Path install() throws IOException, InterruptedException {
        requireTools();
        if (!isInstalled()) {
            Files.createDirectories(FOLDER);
            // a package of its own, so that npm does not look for one in the folders above
            Files.writeString(FOLDER.resolve("package.json"), "{\"private\": true}\n");
            npmInstall();
        }
        return FOLDER;
    }

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

    private static void requireTools() throws IOException, InterruptedException {
        String node = version("node");
        Matcher major = Pattern.compile("v(\\d+)\\..*").matcher(node);
        if (!major.matches() || Integer.parseInt(major.group(1)) < NODE) {
            throw new IllegalStateException("the 'node' on the PATH is " + node + ". " + REMEDY);
        }
        version("npm");
    }

    private static String version(String tool) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(tool, "--version").start();
        } catch (IOException e) {
            throw new IllegalStateException("there is no '" + tool + "' on the PATH. " + REMEDY, e);
        }
        String version = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("the '" + tool + "' on the PATH does not tell its version. " + REMEDY);
        }
        return version;
    }
}
