package dev.sweepback.adapter.vault;

import dev.sweepback.adapter.http.Credential;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Secret;
import dev.sweepback.connector.Secrets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A login with role id and secret-id; the references to them are followed at each. */
final class AppRole implements LoginMethod {

    private final Connection connection;
    private final LoginRequests requests;
    private final Secrets secrets;
    private volatile Optional<Secret> used = Optional.empty();

    AppRole(Connection connection, LoginRequests requests, Secrets secrets) {
        this.connection = connection;
        this.requests = requests;
        this.secrets = secrets;
    }

    @Override
    public TokenInUse obtain() {
        Secret secretId = referred(AuthKeys.SECRET_ID);
        TokenInUse made = requests.appRole(referred(AuthKeys.ROLE_ID), secretId);
        used = Optional.of(secretId);
        return made;
    }

    private Secret referred(String key) {
        return new Credential(connection, key, secrets).get();
    }

    @Override
    public boolean changed() {
        return false;
    }

    @Override
    public boolean offersAnother(Secret refused) {
        return true;
    }

    @Override
    public boolean makesTokens() {
        return true;
    }

    @Override
    public boolean renews() {
        return true;
    }

    /** The one of the last login, and the one of the next. */
    @Override
    public List<Secret> secretIds() {
        Secret next = referred(AuthKeys.SECRET_ID);
        return Stream.concat(
                        Stream.of(next),
                        used.stream().filter(last -> !last.reveal().equals(next.reveal())))
                .toList();
    }

    @Override
    public String remedy() {
        return "see whether the AppRole's tokens are bound to other addresses than this machine's, or are revoked by"
                + " somebody";
    }
}
