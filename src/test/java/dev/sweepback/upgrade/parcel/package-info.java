/** Tests of package verification; keys, packages and their damage are made here. */
@NullMarked
package dev.sweepback.upgrade.parcel;

import org.jspecify.annotations.NullMarked;
