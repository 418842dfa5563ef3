package dev.sweepback.connector;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One external system in one environment.
 *
 * @param options plain values of the type's connection keys
 * @param secrets references of the type's secret keys
 * @param concurrency how many operations may be in flight at once
 * @param timeouts per request
 */
public record Connection(
        String name,
        String type,
        String environment,
        URI url,
        Map<String, String> options,
        Map<String, SecretRef> secrets,
        int concurrency,
        Timeouts timeouts) {

    public Connection {
        options = Map.copyOf(options);
        secrets = Map.copyOf(secrets);
    }

    public Optional<String> option(String key) {
        return Optional.ofNullable(options.get(key));
    }

    public Optional<SecretRef> secret(String key) {
        return Optional.ofNullable(secrets.get(key));
    }

    /** Address and scope for a digest: never a secret. */
    public String scope() {
        return type + " " + url + " " + environment + " " + new TreeMap<>(options);
    }

    /** Time to connect, to the first byte of the answer, and for the whole exchange. */
    public record Timeouts(Duration connect, Duration response, Duration whole) {
        public static final Timeouts DEFAULT =
                new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(30));
    }
}
