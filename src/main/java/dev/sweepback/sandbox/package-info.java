/**
 * Stateful twins: of Unleash and Vault as recorded from the real servers, of GitHub as published, of others as documented. Entry type: {@link
 * dev.sweepback.sandbox.Sandbox}. Used by the demo, the tests and drills; knows nothing of the rest of Sweepback.
 */
@org.jspecify.annotations.NullMarked
package dev.sweepback.sandbox;
