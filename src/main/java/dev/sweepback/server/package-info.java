/**
 * What the daemon answers over HTTP: {@link dev.sweepback.server.DaemonServer} listens, {@link dev.sweepback.server.Routes} answer:
 * health, metrics, and signals, which are what other systems say of upgrades.
 */
@NullMarked
package dev.sweepback.server;

import org.jspecify.annotations.NullMarked;
