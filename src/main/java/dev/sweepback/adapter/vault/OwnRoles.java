package dev.sweepback.adapter.vault;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The AppRoles that the tokens of Sweepback's own connections were issued by. Vault does not say by which secret-id, so all of
 * such a role are left alone.
 */
final class OwnRoles implements OwnAccess {

    private static final Pattern LOGIN = Pattern.compile("auth/(.+)/login");

    private final Map<AppRoleName, String> connections = new HashMap<>();
    private final List<String> silent = new ArrayList<>();

    /** @param vaults the connections of the settings that lead to a Vault; any may lead to the same one */
    OwnRoles(List<Connection> vaults, Function<Connection, VaultApi> reading) {
        for (Connection vault : vaults) {
            try {
                VaultApi api = reading.apply(vault);
                api.token(api.self().accessor())
                        .flatMap(OwnRoles::role)
                        .ifPresent(role -> connections.put(role, vault.name()));
            } catch (ConnectorException e) {
                silent.add("it may be what Sweepback's connection '" + vault.name()
                        + "' lives by, which could not be asked: " + e.getMessage() + "; " + e.remedy());
            }
        }
    }

    private static Optional<AppRoleName> role(Token token) {
        Matcher login = LOGIN.matcher(token.path());
        return Optional.ofNullable(token.meta().get("role_name"))
                .filter(name -> login.matches())
                .map(name -> new AppRoleName(login.group(1), name));
    }

    @Override
    public Optional<String> untouchable(SecretIdAddress address) {
        return silent.stream()
                .findFirst()
                .or(() -> Optional.ofNullable(connections.get(address.role()))
                        .map(name -> "Sweepback's connection '" + name + "' lives by a secret-id of this role"));
    }
}
