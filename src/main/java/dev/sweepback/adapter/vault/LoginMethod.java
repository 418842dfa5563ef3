package dev.sweepback.adapter.vault;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Secret;
import java.util.List;

/** How a connection comes by its token. Called by one thread at a time. */
interface LoginMethod {

    /** @throws ConnectorException if there is no token to be had */
    TokenInUse obtain();

    /** Whether somebody may have put another token in the place of the one that was obtained last. */
    boolean changed();

    /**
     * Whether obtaining may give another token than the one that Vault refused.
     *
     * @throws ConnectorException if that cannot be told
     */
    boolean offersAnother(Secret refused);

    /** Whether obtaining makes a token, which Sweepback may then end. What it is given it never ends. */
    boolean makesTokens();

    /** Whether Sweepback is the one that renews it. */
    boolean renews();

    /**
     * The secret-ids that it lives by; none if it lives by none.
     *
     * @throws ConnectorException if that cannot be told
     */
    List<Secret> secretIds();

    /** What to do when Vault does not accept its token. */
    String remedy();
}
