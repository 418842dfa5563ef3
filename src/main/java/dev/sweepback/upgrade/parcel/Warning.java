package dev.sweepback.upgrade.parcel;

import java.util.List;

/**
 * What a release manager should know before installing a package that may be installed.
 *
 * @param code a word for scripts: {@code loose-dependency}
 * @param evidence what it rests on; the first of it if there is much
 */
public record Warning(String code, String what, List<String> evidence) {

    public Warning {
        evidence = List.copyOf(evidence);
    }
}
