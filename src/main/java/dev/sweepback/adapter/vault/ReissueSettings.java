package dev.sweepback.adapter.vault;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Descriptor;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.connector.Reversible;
import dev.sweepback.job.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a connection says about issuing again.
 *
 * @param role the token role that undo issues through; without one nothing can be issued again
 * @param handoverTtl how long what is handed over can be unwrapped
 */
record ReissueSettings(Optional<String> role, Duration handoverTtl) {

    static final String ROLE = "reissueRole";
    private static final String TTL = "handoverTtl";
    private static final Duration DEFAULT_TTL = Duration.ofHours(1);

    /** The keys of every connection of this type. */
    static final List<Descriptor.Key> CONNECTION_KEYS = Stream.concat(
                    AuthKeys.KEYS.stream(),
                    Stream.of(
                            new Descriptor.Key(
                                    ROLE,
                                    false,
                                    false,
                                    "the token role that undo issues through; it must make orphans; without it nothing"
                                            + " can be issued again"),
                            Descriptor.Key.optionalTime(TTL, "how long a hand-over can be unwrapped; 1h unless told")))
            .toList();

    /** @throws ConnectorException if the duration is none */
    static ReissueSettings of(Connection connection) {
        Duration ttl =
                connection.option(TTL).map(text -> duration(connection, text)).orElse(DEFAULT_TTL);
        return new ReissueSettings(connection.option(ROLE), ttl);
    }

    static final String NO_ROLE = "the connection has no " + ROLE;

    /**
     * The listing knows whether it can be issued again, and says so in the field {@code reissuable}.
     *
     * @param otherwise why not, if not
     */
    static Reversible reversible(Resource resource, List<String> lost, String otherwise) {
        return Boolean.TRUE.equals(resource.fields().get("reissuable"))
                ? new Reversible(Reversibility.REISSUE, lost)
                : new Reversible(Reversibility.NONE, List.of("everything: " + otherwise));
    }

    private static Duration duration(Connection connection, String text) {
        try {
            Duration duration = Durations.parse(text);
            if (duration.toSeconds() > 0) {
                return duration;
            }
        } catch (IllegalArgumentException e) {
            // said below, together with a duration of nothing
        }
        throw new ConnectorException(
                Kind.REJECTED,
                connection.name(),
                TTL + " '" + text + "' is no duration",
                "write it like 30m or 1h, or as ISO-8601");
    }
}
