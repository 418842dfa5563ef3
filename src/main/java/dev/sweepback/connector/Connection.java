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
 * @param secrets references of the type's secret keys, and {@link Proxy#PASSWORD}
 * @param concurrency how many requests may be in flight at once, whoever sends them
 * @param timeouts per request
 * @param rate how many requests may be sent in a second; as many as concurrency allows without it
 * @param caFile whom TLS trusts; those that Java trusts without it
 * @param proxy the only way to it, if there is one
 */
public record Connection(
        String name,
        String type,
        String environment,
        URI url,
        Map<String, String> options,
        Map<String, SecretRef> secrets,
        int concurrency,
        Timeouts timeouts,
        Optional<Rate> rate,
        Optional<CaFile> caFile,
        Optional<Proxy> proxy) {

    /** One that is reached directly, as fast as concurrency allows, and trusts whom Java trusts. */
    public Connection(
            String name,
            String type,
            String environment,
            URI url,
            Map<String, String> options,
            Map<String, SecretRef> secrets,
            int concurrency,
            Timeouts timeouts) {
        this(
                name,
                type,
                environment,
                url,
                options,
                secrets,
                concurrency,
                timeouts,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

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

    /**
     * Address and scope for a digest: never a secret. How it is reached is left out, rate, times, proxy and trusted
     * certificates alike: TLS proves that it is the same system by its name, and each resource is compared with the plan right
     * before it is acted on. So a certificate that is replaced in time makes no plan stale.
     */
    public String scope() {
        return type + " " + url + " " + environment + " " + new TreeMap<>(options);
    }

    /** Time to connect, to the first byte of the answer, and for the whole exchange. */
    public record Timeouts(Duration connect, Duration response, Duration whole) {
        public static final Timeouts DEFAULT =
                new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(30));
    }

    /**
     * An HTTP proxy that the connection's requests are tunnelled through.
     *
     * @param url {@code http://HOST:PORT}
     * @param user for a proxy that asks who comes; the password is the secret {@link #PASSWORD}
     */
    public record Proxy(URI url, Optional<String> user) {
        public static final String PASSWORD = "proxy.password";
    }
}
