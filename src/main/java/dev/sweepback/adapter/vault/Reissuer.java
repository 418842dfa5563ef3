package dev.sweepback.adapter.vault;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Issues equivalents of what was revoked, and hands them over. Everything is issued through an orphan token role, because
 * what a token issues dies with it (recordings {@code undo-lease-dies-with-daemon-token-400}, {@code
 * undo-lease-dies-on-issuer-expiry-400}).
 *
 * <p>Each reissued token carries the reverting operation in its meta, and each reissued lease lives under a token of its
 * own that does. So what an interrupted undo issued and never handed over is found by that meta and revoked exactly, by
 * accessor, before anything is issued again. Lists of leases are not compared: they cannot tell one's own lease from one
 * that somebody else was issued in the same moment.
 *
 * <p>It lives as long as the original still had; if the original would have expired by now, or before it could be
 * unwrapped, as long as the original was issued for.
 */
final class Reissuer {

    /** Long enough to unwrap at once. */
    static final Duration UNWRAP_NOW = Duration.ofMinutes(1);

    private final String connection;
    private final VaultApi api;
    private final Driver driver;
    private final Handovers handovers;
    private final ReissueSettings settings;
    private final Clock clock;
    private final IssuedTokens issued;
    private final Delivery delivery;

    Reissuer(
            String connection,
            VaultApi api,
            Driver driver,
            Handovers handovers,
            ReissueSettings settings,
            Clock clock,
            IssuedTokens issued) {
        this.connection = connection;
        this.api = api;
        this.driver = driver;
        this.handovers = handovers;
        this.settings = settings;
        this.clock = clock;
        this.issued = issued;
        this.delivery = new Delivery(handovers, clock);
    }

    /** @return the id of the request that left it, if a system told one: wrapped answers have none (recording {@code wrap-token-create-200}) */
    Optional<String> token(Reversal reversal) {
        if (!begin(reversal)) {
            return Optional.empty();
        }
        ObjectNode body = TokenRequest.like(reversal, ttl(reversal));
        Wrapped wrapped = createOrphan(body, settings.handoverTtl());
        return leave(reversal, wrapped, accessor(wrapped));
    }

    /** @return as of {@link #token} */
    Optional<String> lease(Reversal reversal) {
        String path = Lease.path(reversal.resource().id());
        if (!Lease.readable(path)) {
            throw rejected(
                    "'" + path + "' was not read: only MOUNT/creds/ROLE is known to issue another lease that way",
                    "issue it by hand");
        }
        if (!begin(reversal)) {
            return Optional.empty();
        }
        Wrapped issuing = createOrphan(TokenRequest.issuing(reversal, path, issuingTtl(reversal)), UNWRAP_NOW);
        return leave(reversal, issue(path, issuing), accessor(issuing));
    }

    private Wrapped issue(String path, Wrapped issuing) {
        try {
            return api.issue(path, unwrapped(issuing), settings.handoverTtl());
        } catch (ConnectorException e) {
            throw revoked(accessor(issuing), e);
        }
    }

    /** What may have been issued and is not handed over goes with its token, now rather than later: nobody has it. */
    private ConnectorException revoked(String accessor, ConnectorException failure) {
        try {
            api.revokeToken(accessor);
        } catch (ConnectorException second) {
            failure.addSuppressed(second);
        }
        return failure;
    }

    private Optional<String> leave(Reversal reversal, Wrapped wrapped, String accessor) {
        Optional<String> requestId = delivery.leave(reversal, wrapped, accessor, failure -> revoked(accessor, failure));
        issued.handedOver(reversal.operation());
        return requestId;
    }

    /** Whether there is anything to issue; what an interrupted attempt left is revoked first. */
    private boolean begin(Reversal reversal) {
        if (reversal.before().isAbsent()) {
            throw rejected("there is no snapshot of " + reversal.resource() + " to issue it from", "issue it by hand");
        }
        role();
        if (Reissued.isHandedOver(reversal, api, handovers)) {
            return false;
        }
        issued.of(reversal, api).forEach(api::revokeToken);
        issued.begin(reversal.operation());
        return true;
    }

    private Wrapped createOrphan(ObjectNode body, Duration wrapTtl) {
        Wrapped wrapped = api.createToken(role(), body, wrapTtl);
        String accessor = accessor(wrapped);
        try {
            if (api.token(accessor).map(Token::orphan).orElse(false)) {
                return wrapped;
            }
            throw rejected(
                    "the token role '" + role()
                            + "' makes tokens that die with Sweepback's own; what it made was revoked",
                    "set orphan=true on the role");
        } catch (ConnectorException e) {
            throw revoked(accessor, e);
        }
    }

    private Secret unwrapped(Wrapped issuing) {
        String token =
                driver.unwrap(issuing.token()).path("auth").path("client_token").asString("");
        if (token.isEmpty()) {
            throw malformed("unwrapping the issuing token gave no token");
        }
        return new Secret(token);
    }

    private String accessor(Wrapped wrapped) {
        return wrapped.accessor()
                .orElseThrow(() -> malformed("the token role '" + role() + "' made a token without an accessor"));
    }

    private String role() {
        return settings.role()
                .orElseThrow(() -> rejected(
                        "nothing can be issued again: it names no " + ReissueSettings.ROLE,
                        "set " + ReissueSettings.ROLE + " to an orphan token role"));
    }

    private Duration ttl(Reversal reversal) {
        JsonNode expiry = reversal.before().content().path("expire_time");
        if (expiry.isString()) {
            Duration left = Duration.between(clock.instant(), Instant.parse(expiry.asString()));
            if (left.compareTo(settings.handoverTtl()) >= 0) {
                return left;
            }
        }
        return lifetime(reversal);
    }

    /** Outlives the lease, also one that is unwrapped late; zero, for the longest that the server allows, if it is endless. */
    private Duration issuingTtl(Reversal reversal) {
        Duration lifetime = lifetime(reversal);
        return lifetime.isZero() ? lifetime : lifetime.plus(settings.handoverTtl());
    }

    /** What the original was issued or last renewed for; zero if it does not expire. */
    private static Duration lifetime(Reversal reversal) {
        ObjectNode before = reversal.before().content();
        if (before.path("creation_ttl").isIntegralNumber()) {
            return Duration.ofSeconds(before.path("creation_ttl").asLong());
        }
        JsonNode expiry = before.path("expire_time");
        return expiry.isString()
                ? Duration.between(
                        Instant.parse(before.path("issue_time").asString()), Instant.parse(expiry.asString()))
                : Duration.ZERO;
    }

    private ConnectorException rejected(String what, String remedy) {
        return new ConnectorException(Kind.REJECTED, connection, what, remedy);
    }

    private ConnectorException malformed(String what) {
        return new ConnectorException(
                Kind.MALFORMED, connection, what, "check that the role makes service tokens, and Vault's version");
    }
}
