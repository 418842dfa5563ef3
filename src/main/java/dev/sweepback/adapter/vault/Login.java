package dev.sweepback.adapter.vault;

import dev.sweepback.adapter.http.Http;
import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Session;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Secret;
import dev.sweepback.connector.Secrets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one login of a connection: of all its readers, writers and threads. It begins with the first request, and its token is
 * in memory only. A token that ends is prolonged when a request is about to be sent and less than a third of its life is left:
 * by renewing it, or else by logging in anew. A token that Sweepback made is revoked on closing; one that it was given never is.
 */
final class Login implements Session {

    private static final Logger LOG = LoggerFactory.getLogger(Login.class);

    private static final Pattern LOGIN = Pattern.compile("auth/(.+)/login");

    /** How long nothing is tried again that failed or did not help. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Connection connection;
    private final LoginRequests requests;
    private final LoginMethod method;
    private final Clock clock;
    private final OneAtATime oneAtATime = new OneAtATime();
    private volatile @Nullable TokenInUse held;
    private volatile @Nullable Secret accepted;

    private Login(Connection connection, LoginRequests requests, LoginMethod method, Clock clock) {
        this.connection = connection;
        this.requests = requests;
        this.method = method;
        this.clock = clock;
    }

    /** Opening sends nothing and resolves no secret. */
    static Login of(Connection connection, HttpClients clients, Secrets secrets) {
        return clients.session(connection, Login.class, () -> {
            LoginRequests requests = new LoginRequests(connection, clients);
            LoginMethod method = AuthKeys.method(connection, requests, secrets);
            return new Login(connection, requests, method, clients.clock());
        });
    }

    Http namespaced(Http http) {
        return new Namespaced(http, connection);
    }

    /** @throws ConnectorException if there is no token to be had */
    Secret token() {
        return current().token();
    }

    /**
     * What Vault says of the token that is in use now.
     *
     * @throws ConnectorException if it cannot be told
     */
    Self self() {
        Optional<Self> known = current().self();
        if (known.isEmpty()) {
            known = oneAtATime.take(this::lookedUpAgain).self();
        }
        return known.orElseThrow(() -> new ConnectorException(
                Kind.FORBIDDEN,
                connection.name(),
                "its token may not look itself up, so that it cannot be told from the tokens to remove",
                "allow read on auth/token/lookup-self in its Vault policy"));
    }

    /** A Vault policy may allow by now what it did not. */
    private TokenInUse lookedUpAgain() {
        TokenInUse now = prepared();
        return now.self().isPresent() ? now : keep(requests.lookedUp(now.token()));
    }

    /**
     * Keeps the token from ending while nothing is sent. One that can be made anew at any time is not made for this.
     *
     * @throws ConnectorException if there is no token to be had
     */
    void keepAlive() {
        if (held != null || !method.makesTokens()) {
            current();
        }
    }

    private TokenInUse current() {
        TokenInUse now = held;
        return now == null || isDue(now) || isOutdated(now) ? oneAtATime.take(this::prepared) : now;
    }

    private boolean isDue(TokenInUse now) {
        Instant time = clock.instant();
        return now.nearsItsEnd(time)
                && !time.isBefore(now.quietUntil())
                && (now.renewable() ? method.renews() : method.makesTokens());
    }

    private TokenInUse prepared() {
        TokenInUse now = held;
        if (now == null) {
            return keep(method.obtain());
        }
        if (isOutdated(now)) {
            return exchanged(now);
        }
        return isDue(now) ? prolonged(now) : now;
    }

    private boolean isOutdated(TokenInUse now) {
        return !clock.instant().isBefore(now.quietUntil()) && method.changed();
    }

    /** A file that is being written does not end the token that was in it. */
    private TokenInUse exchanged(TokenInUse old) {
        try {
            return keep(method.obtain());
        } catch (ConnectorException e) {
            if (e.kind() != Kind.SECRET) {
                throw e;
            }
            LOG.warn(
                    "the new token of connection '{}' cannot be used; the old one is until Vault refuses it: {}; remedy: {}",
                    connection.name(),
                    e.getMessage(),
                    e.remedy());
            return keep(old.quiet(clock.instant().plus(PATIENCE)));
        }
    }

    /** What cannot be prolonged is used for as long as it lives. */
    private TokenInUse prolonged(TokenInUse old) {
        TokenInUse now = old;
        try {
            if (now.renewable() && !now.hasEnded(clock.instant())) {
                now = keep(renewed(now));
            }
            return method.makesTokens() && now.nearsItsEnd(clock.instant()) ? keep(method.obtain()) : now;
        } catch (ConnectorException e) {
            return orElseTheOld(now, e);
        }
    }

    /** Vault grants less and less, and nothing in the end (recording {@code renew-self-max-ttl-capped-warning-200}). */
    private TokenInUse renewed(TokenInUse old) {
        try {
            TokenInUse renewed = requests.renewed(old);
            return renewed.nearsItsEnd(clock.instant()) ? renewed.atItsLongest() : renewed;
        } catch (ConnectorException e) {
            if (!method.makesTokens()) {
                throw e;
            }
            LOG.warn("{}; remedy: {}; logging in anew instead", e.getMessage(), e.remedy());
            return old.atItsLongest();
        }
    }

    private TokenInUse orElseTheOld(TokenInUse old, ConnectorException failure) {
        if (method.makesTokens() && old.hasEnded(clock.instant())) {
            throw failure;
        }
        LOG.warn(
                "the token of connection '{}' could not be prolonged; it is used until it ends at {}: {}; remedy: {}",
                connection.name(),
                old.end(),
                failure.getMessage(),
                failure.remedy());
        return keep(old.quiet(clock.instant().plus(PATIENCE)));
    }

    private TokenInUse keep(TokenInUse fresh) {
        held = fresh;
        return fresh;
    }

    void accepted(Secret token) {
        accepted = token;
    }

    /**
     * Another token than the one that Vault refused.
     *
     * @param request what was refused
     * @throws ConnectorException if there is none
     */
    Secret instead(Secret refused, Request request) {
        return oneAtATime.take(() -> another(refused)).map(TokenInUse::token).orElseThrow(() -> refused(request));
    }

    private Optional<TokenInUse> another(Secret refused) {
        TokenInUse now = held;
        if (now != null && !now.is(refused)) {
            return Optional.of(now);
        }
        return isNewAndUseless(refused) || !method.offersAnother(refused)
                ? Optional.empty()
                : Optional.of(keep(method.obtain()));
    }

    /** Vault made it just now and never took it: another one would fare no better, and there would be one for each request. */
    private boolean isNewAndUseless(Secret refused) {
        TokenInUse now = held;
        return now != null
                && method.makesTokens()
                && accepted != now.token()
                && now.is(refused)
                && clock.instant().isBefore(now.since().plus(PATIENCE));
    }

    ConnectorException refused(Request request) {
        return new ConnectorException(
                Kind.UNAUTHENTICATED,
                connection.name(),
                request + " was refused: Vault does not accept the token (" + why() + ")",
                method.remedy() + "; Vault policies need no change for this");
    }

    private String why() {
        TokenInUse now = held;
        if (now == null || !now.hasEnded(clock.instant())) {
            return "wrong, expired or revoked";
        }
        return "it ended at " + now.end() + (now.renewable() ? ", as nobody renewed it in time" : "");
    }

    /**
     * The secret-ids that this connection lives by: its own, or those of the agent that logs in for it; empty if it lives by
     * none.
     *
     * @throws ConnectorException if that cannot be told
     */
    Optional<OwnSecretId> secretId() {
        Self self = self();
        Matcher login = LOGIN.matcher(self.path());
        if (method.makesTokens() && self.role().isEmpty()) {
            throw new ConnectorException(
                    Kind.MALFORMED,
                    connection.name(),
                    "Vault does not say by which AppRole it logged in",
                    "check Vault's version");
        }
        if (!login.matches() || self.role().isEmpty()) {
            return Optional.empty();
        }
        String role = self.role().get();
        return Optional.of(new OwnSecretId(connection.name(), login.group(1), role, accessors(role)));
    }

    /** Empty if they may not be asked. */
    private Optional<Set<String>> accessors(String role) {
        if (!method.makesTokens()) {
            return Optional.empty();
        }
        Set<String> accessors = new HashSet<>();
        for (Secret secretId : method.secretIds()) {
            try {
                requests.secretIdAccessor(token(), role, secretId).ifPresent(accessors::add);
            } catch (ConnectorException e) {
                if (e.mayPass()) {
                    throw e;
                }
                LOG.debug("which secret-id connection '{}' logs in with cannot be told", connection.name(), e);
                return Optional.empty();
            }
        }
        return Optional.of(accessors);
    }

    @Override
    public void close() {
        TokenInUse now = held;
        if (now == null || !method.makesTokens()) {
            return;
        }
        held = null;
        try {
            requests.revoke(now.token());
        } catch (ConnectorException e) {
            LOG.debug("the token of connection '{}' was not revoked; it ends by itself", connection.name(), e);
        }
    }
}
