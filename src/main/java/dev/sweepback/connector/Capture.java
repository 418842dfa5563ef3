package dev.sweepback.connector;

import java.util.function.Supplier;

/** What one resource looks like now. */
public sealed interface Capture {

    ResourceRef ref();

    /** It is there (also archived or disabled): its listed fields and its state. */
    record Present(Resource resource, State state) implements Capture {
        @Override
        public ResourceRef ref() {
            return resource.ref();
        }
    }

    /** The system says that it is not there. */
    record Absent(ResourceRef ref) implements Capture {}

    /** The read failed. */
    record Unknown(ResourceRef ref, ConnectorException error) implements Capture {}

    /** What is seen; where it cannot be read that is {@link Unknown}, and never {@link Absent}. */
    static Capture of(ResourceRef ref, Supplier<? extends Capture> read) {
        try {
            return read.get();
        } catch (ConnectorException e) {
            return new Unknown(ref, e);
        }
    }
}
