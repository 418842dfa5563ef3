package dev.sweepback.upgrade.parcel;

/** The package must not be installed: it is damaged, unsafe, or not what a trusted vendor signed. */
public final class PackageRefused extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Fault fault;
    private final String remedy;

    PackageRefused(Fault fault, String what, String remedy) {
        super(what);
        this.fault = fault;
        this.remedy = remedy;
    }

    public Fault fault() {
        return fault;
    }

    public String remedy() {
        return remedy;
    }
}
