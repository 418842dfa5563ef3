package dev.sweepback.adapter.vault;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The secret-ids that Sweepback's own connections log in with, or the agents that log in for them. Vault does not say at a
 * login which secret-id it was; it is looked up by its value where a Vault policy allows that (recording {@code
 * approle-secret-id-lookup-200}).
 */
final class OwnSecretIds {

    /**
     * What is known of them, at one time.
     *
     * @param any why no secret-id at all may be touched; empty if the others may
     * @param unread why a connection cannot be asked for the moment
     */
    record Known(List<OwnSecretId> own, Optional<String> any, Optional<ConnectorException> unread) {
        Known {
            own = List.copyOf(own);
        }

        /** @throws ConnectorException if a connection could not be asked for the moment: what rests on it says nothing then */
        Known told() {
            unread.ifPresent(error -> {
                throw error;
            });
            return this;
        }

        Optional<String> untouchable(SecretIdAddress address) {
            return untouchable(address.role().mount(), address.role().name(), address.accessor());
        }

        /**
         * Why a secret-id is not touched; empty if it may be destroyed.
         *
         * @param mount where AppRole is mounted, below {@code auth/}: {@code approle}
         */
        Optional<String> untouchable(String mount, String role, String accessor) {
            return any.or(() -> own.stream()
                    .flatMap(secretId -> secretId.reason(mount, role, accessor).stream())
                    .findFirst());
        }
    }

    private final Supplier<List<Connection>> all;
    private final Function<Connection, Login> logins;

    /** @param all the connections of the settings; any may lead to the same Vault under another address */
    OwnSecretIds(Supplier<List<Connection>> all, Function<Connection, Login> logins) {
        this.all = all;
        this.logins = logins;
    }

    /** As they are now: to be asked for each listing, and again right before one is destroyed. */
    Known get() {
        List<OwnSecretId> own = new ArrayList<>();
        Optional<String> any = Optional.empty();
        Optional<ConnectorException> unread = Optional.empty();
        for (Connection connection : all.get()) {
            if (connection.type().equals(AuthKeys.TYPE)) {
                try {
                    logins.apply(connection).secretId().ifPresent(own::add);
                } catch (ConnectorException e) {
                    any = any.or(() -> Optional.of("it may be the one that Sweepback's connection '"
                            + connection.name() + "' logs in with, which could not be asked: " + e.getMessage() + "; "
                            + e.remedy()));
                    unread = unread.or(() -> Unasked.of(connection, e));
                }
            }
        }
        return new Known(own, any, unread);
    }
}
