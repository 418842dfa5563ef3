package dev.sweepback.connector;

/** What a system shows of a resource to who only watches it: without the state that undo needs. */
public sealed interface Sighting {

    /** It is there. */
    record Present(Resource resource) implements Sighting {}

    /** It is certainly not there. */
    record Absent() implements Sighting {}

    /** It could not be read. */
    record Unknown(ConnectorException error) implements Sighting {}

    static Sighting of(Capture capture) {
        if (capture instanceof Capture.Present present) {
            return new Present(present.resource());
        }
        return capture instanceof Capture.Unknown unknown ? new Unknown(unknown.error()) : new Absent();
    }
}
