package dev.sweepback.journal;

import java.util.Optional;

/**
 * What a verification found.
 *
 * @param entries how many entries were checked
 * @param root the RFC 6962 tree head over the leaf hashes, in hexadecimal
 * @param coveredTo the last entry whose removal or change could not go unnoticed
 * @param problem the first thing that does not match, with the entry's number
 */
public record Verification(boolean ok, long entries, String root, long coveredTo, Optional<String> problem) {}
