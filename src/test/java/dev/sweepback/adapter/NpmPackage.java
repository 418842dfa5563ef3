package dev.sweepback.adapter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * A package as npm installs it, in build output; what is there already in the right version is used again.
 *
 * @param name as the registry knows it: {@code unleash-server}
 * @param folder below {@code target}
 * @param use what it is for: {@code tests against a real Unleash}
 */
public record NpmPackage(String name, String version, String folder, String use) {

    private static final int INSTALL_MINUTES = 5;
    private static final int NODE = 20;

    /** @return the folder in which {@code node_modules} is */
    public Path install() throws IOException, InterruptedException {
        requireTools();
        if (!isInstalled()) {
            Files.createDirectories(home());
            // a package of its own, so that npm does not look for one in the folders above
            Files.writeString(home().resolve("package.json"), "{\"private\": true}\n");
            npmInstall();
        }
        return home();
    }

    private Path home() {
        return Path.of("target", folder).toAbsolutePath();
    }

    /** npm writes the lock file in node_modules last, so a broken installation is done again. */
    private boolean isInstalled() throws IOException {
        Path modules = home().resolve("node_modules");
        Path description = modules.resolve(name).resolve("package.json");
        return Files.exists(modules.resolve(".package-lock.json"))
                && Files.exists(description)
                && JsonMapper.shared()
                        .readTree(Files.readString(description))
                        .path("version")
                        .asString("")
                        .equals(version);
    }

    private void npmInstall() throws IOException, InterruptedException {
        String what = name + "@" + version;
        Path log = home().resolve("npm.log");
        Process npm = new ProcessBuilder(
                        "npm",
                        "install",
                        "--save-exact",
                        "--omit=dev",
                        "--ignore-scripts",
                        "--no-audit",
                        "--no-fund",
                        what)
                .directory(home().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!npm.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES)) {
            npm.descendants().forEach(ProcessHandle::destroyForcibly);
            npm.destroyForcibly();
            throw new IllegalStateException("npm did not install " + what + " within " + INSTALL_MINUTES
                    + " minutes; see " + log + ", and check that the npm registry can be reached");
        }
        if (npm.exitValue() != 0 || !isInstalled()) {
            throw new IllegalStateException("npm could not install " + what
                    + "; check that the npm registry can be reached (npm ping). It said:\n" + Files.readString(log));
        }
    }

    private void requireTools() throws IOException, InterruptedException {
        String node = toolVersion("node");
        Matcher major = Pattern.compile("v(\\d+)\\..*").matcher(node);
        if (!major.matches() || Integer.parseInt(major.group(1)) < NODE) {
            throw new IllegalStateException("the 'node' on the PATH is " + node + ". " + remedy());
        }
        toolVersion("npm");
    }

    private String toolVersion(String tool) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(tool, "--version").start();
        } catch (IOException e) {
            throw new IllegalStateException("there is no '" + tool + "' on the PATH. " + remedy(), e);
        }
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("the '" + tool + "' on the PATH does not tell its version. " + remedy());
        }
        return told;
    }

    private String remedy() {
        return "The profile 'real' " + use + ", which needs Node.js " + NODE
                + " or newer with npm: install it from https://nodejs.org (from Debian 13 on: apt-get install nodejs npm), or"
                + " build without -Preal";
    }
}
