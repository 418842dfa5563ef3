/**
 * The one HTTP client. {@link dev.sweepback.adapter.http.HttpClients} opens a {@link dev.sweepback.adapter.http.Http} per
 * connection; {@link dev.sweepback.adapter.http.Api} judges the answers. Nothing is sent again by itself, except reads.
 */
@NullMarked
package dev.sweepback.adapter.http;

import org.jspecify.annotations.NullMarked;
