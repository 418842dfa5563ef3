/** Tests of what is answered over HTTP, on real sockets. */
@NullMarked
package dev.sweepback.server;

import org.jspecify.annotations.NullMarked;
