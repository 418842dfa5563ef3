/**
 * The contract between Sweepback and the systems it removes things from. A {@link dev.sweepback.connector.Connector} opens
 * a {@link dev.sweepback.connector.Reader} (find, capture, look) and a {@link dev.sweepback.connector.Writer} (apply,
 * revert). Depends on nothing else of Sweepback.
 */
@NullMarked
package dev.sweepback.connector;

import org.jspecify.annotations.NullMarked;
