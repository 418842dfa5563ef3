package dev.sweepback.cli;

import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;

/**
 * One thing that doctor looked at.
 *
 * @param remedy empty if it is in order
 * @param policy what the credential must be allowed, in the system's own language, where that is what was found out
 */
record Finding(Level level, String subject, String what, String remedy, Optional<String> policy) {

    enum Level {
        OK,
        WARNING,
        PROBLEM
    }

    Finding(Level level, String subject, String what, String remedy) {
        this(level, subject, what, remedy, Optional.empty());
    }

    static Finding ok(String subject, String what) {
        return new Finding(Level.OK, subject, what, "");
    }

    static Finding warning(String subject, String what, String remedy) {
        return new Finding(Level.WARNING, subject, what, remedy);
    }

    static Finding problem(String subject, String what, String remedy) {
        return new Finding(Level.PROBLEM, subject, what, remedy);
    }

    boolean inOrder() {
        return level != Level.PROBLEM;
    }

    String word() {
        return level.name().toLowerCase(Locale.ROOT);
    }

    String text() {
        return what + (level == Level.OK ? "" : "; remedy: " + remedy);
    }

    void addTo(ArrayNode array) {
        var node = array.addObject()
                .put("ok", inOrder())
                .put("level", word())
                .put("subject", subject)
                .put("what", what)
                .put("remedy", remedy);
        policy.ifPresent(text -> node.put("policy", text));
    }
}
