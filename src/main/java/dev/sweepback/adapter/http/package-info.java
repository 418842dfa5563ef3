/**
 * The one HTTP client. {@link dev.sweepback.adapter.http.HttpClients} opens a {@link dev.sweepback.adapter.http.Http} per
 * connection; {@link dev.sweepback.adapter.http.Api} judges the answers. All requests of a connection stand in one {@code Line}; nothing
 * is sent again by itself, except reads and what was refused unseen.
 */
@NullMarked
package dev.sweepback.adapter.http;

import org.jspecify.annotations.NullMarked;
