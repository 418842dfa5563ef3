/**
 * Stateful twins of Unleash, GitHub and Vault that answer as recorded from the real servers. Entry type: {@link
 * dev.sweepback.sandbox.Sandbox}. Used by the demo, the tests and drills; knows nothing of the rest of Sweepback.
 */
@org.jspecify.annotations.NullMarked
package dev.sweepback.sandbox;
