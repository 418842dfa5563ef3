/** What the daemon answers over HTTP: {@link dev.sweepback.server.HealthServer}. */
@NullMarked
package dev.sweepback.server;

import org.jspecify.annotations.NullMarked;
