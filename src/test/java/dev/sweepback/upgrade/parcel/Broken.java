package dev.sweepback.upgrade.parcel;

import java.util.function.Consumer;
import java.util.function.Function;

/** A package that must be refused: what is done to a good one, and what is said. */
record Broken(String name, Consumer<Parcels> damage, Trust trust, Limits limits, Fault fault, String said) {

    static Broken of(String name, Fault fault, String said, Consumer<Parcels> damage) {
        return new Broken(name, damage, Parcels.trust(Parcels.ROOT), Limits.STANDARD, fault, said);
    }

    static Broken signed(String name, Fault fault, String said, Function<byte[], byte[]> signature) {
        return of(name, fault, said, parcel -> parcel.signature = signature);
    }

    Broken trusting(Identity... roots) {
        return new Broken(name, damage, Parcels.trust(roots), limits, fault, said);
    }

    Broken within(Limits smaller) {
        return new Broken(name, damage, trust, smaller, fault, said);
    }

    @Override
    public String toString() {
        return name;
    }
}
