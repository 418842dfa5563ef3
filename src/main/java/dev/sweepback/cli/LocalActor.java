package dev.sweepback.cli;

import dev.sweepback.journal.Actor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Who sits at the command line, as the operating system says; nothing else vouches for it. */
final class LocalActor {

    private LocalActor() {}

    static Actor current() {
        return new Actor("local:" + uid() + "/" + System.getProperty("user.name", "?"), false);
    }

    private static String uid() {
        try {
            return String.valueOf(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException e) {
            return "?";
        }
    }
}
