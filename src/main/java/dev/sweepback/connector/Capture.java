package dev.sweepback.connector;

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
}
