package dev.sweepback.run;

import java.util.Optional;

/** Does something for each of several things: what fails for one keeps no other from it, and is thrown at the end. */
final class EachOne {

    private Optional<RuntimeException> first = Optional.empty();

    void carefully(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            first.ifPresentOrElse(earlier -> earlier.addSuppressed(e), () -> first = Optional.of(e));
        }
    }

    /** Throws the first of what failed. */
    void end() {
        if (first.isPresent()) {
            throw first.get();
        }
    }
}
