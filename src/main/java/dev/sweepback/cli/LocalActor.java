package dev.sweepback.cli;

import com.sun.security.auth.module.UnixSystem;
import dev.sweepback.journal.Actor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The person at the command line, as the operating system knows them. */
final class LocalActor {

    private LocalActor() {}

    static Actor current() {
        return new Actor("local:" + uid() + "/" + System.getProperty("user.name", "?"), false);
    }

    static String uid() {
        try {
            return String.valueOf(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException noProc) {
            try {
                return String.valueOf(new UnixSystem().getUid());
            } catch (RuntimeException | LinkageError noUnix) {
                return "?";
            }
        }
    }
}
