package dev.sweepback.connector;

import java.time.Instant;

/** What a system tells about the use of one resource. */
public sealed interface Use {

    /** Last used at this instant, as the system says. */
    record At(Instant instant) implements Use {}

    /** Never used since this instant, as the system says. */
    record NeverSince(Instant instant) implements Use {}

    /** The system tells of use, but says that it cannot for this resource: treated as used. */
    record Unknown() implements Use {}

    /** The system tells nothing about use. */
    record NotTold() implements Use {}
}
