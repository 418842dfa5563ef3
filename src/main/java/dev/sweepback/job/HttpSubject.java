package dev.sweepback.job;

import java.net.URI;

/** A document that an HTTP server gives. */
public record HttpSubject(URI url) implements Check.Subject {}
