package dev.sweepback.adapter.vault;

import dev.sweepback.adapter.http.Credential;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Secret;
import dev.sweepback.connector.Secrets;
import java.util.List;

/** A token that the settings refer to; the reference is followed again when Vault refuses what it led to. */
final class TokenReference implements LoginMethod {

    private final Connection connection;
    private final LoginRequests requests;
    private final Secrets secrets;

    TokenReference(Connection connection, LoginRequests requests, Secrets secrets) {
        this.connection = connection;
        this.requests = requests;
        this.secrets = secrets;
    }

    @Override
    public TokenInUse obtain() {
        return requests.lookedUp(referred());
    }

    private Secret referred() {
        return new Credential(connection, AuthKeys.TOKEN, secrets).get();
    }

    @Override
    public boolean changed() {
        return false;
    }

    @Override
    public boolean offersAnother(Secret refused) {
        return !referred().reveal().equals(refused.reveal());
    }

    @Override
    public boolean makesTokens() {
        return false;
    }

    @Override
    public boolean renews() {
        return true;
    }

    @Override
    public List<Secret> secretIds() {
        return List.of();
    }

    @Override
    public String remedy() {
        return "give the connection a valid token where auth.token refers to, or let it log in by auth.appRole";
    }
}
