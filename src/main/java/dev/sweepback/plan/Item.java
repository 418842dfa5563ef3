package dev.sweepback.plan;

import dev.sweepback.connector.ResourceRef;

/** A resource that a plan leaves alone, and why. */
public record Item(String step, ResourceRef ref, String name, String reason) {}
