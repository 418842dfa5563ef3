/**
 * Is a package what its vendor signed? {@link dev.sweepback.upgrade.parcel.Verification} reads the zip file without extracting
 * anything, checks the signature of its manifest and the digest of every file, and names what a release manager should know.
 * What the zip format calls an entry is a <em>member</em> here, as entries are those of the journal.
 */
@NullMarked
package dev.sweepback.upgrade.parcel;

import org.jspecify.annotations.NullMarked;
