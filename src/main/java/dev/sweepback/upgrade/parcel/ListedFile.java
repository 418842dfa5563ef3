package dev.sweepback.upgrade.parcel;

/** A file as the manifest lists it. */
record ListedFile(String path, String sha256, long size) {}
