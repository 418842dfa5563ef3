package dev.sweepback.upgrade.parcel;

/**
 * A dependency, or what a package was tested together with.
 *
 * @param version a range of versions, or an exact one
 */
record NamedVersion(String name, String version) {}
