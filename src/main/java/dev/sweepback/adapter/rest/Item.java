package dev.sweepback.adapter.rest;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A resource as it was just read, book-keeping included. */
record Item(JsonNode content, Optional<String> etag) {}
