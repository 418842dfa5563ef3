/** Tests of references to secrets. */
@org.jspecify.annotations.NullMarked
package dev.sweepback.adapter.secret;
