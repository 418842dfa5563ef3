package dev.sweepback.connector;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a look at one task found.
 *
 * @param resource the resource as it is addressed now; differs from the task's when it was re-created under a new id
 * @param now what can be seen of it now
 * @param handedOver where a credential lies that the task issued again
 * @param alike what is there already and looks as the task would make it: recorded when the task is announced, so that it never
 *     counts as made by it
 */
public record Look(
        Progress progress,
        ResourceRef resource,
        Capture now,
        Optional<HandedOver> handedOver,
        List<ResourceRef> alike) {

    public Look {
        alike = List.copyOf(alike);
    }

    public Look(Progress progress, ResourceRef resource, Capture now, Optional<HandedOver> handedOver) {
        this(progress, resource, now, handedOver, List.of());
    }

    public Look(Progress progress, ResourceRef resource, Capture now) {
        this(progress, resource, now, Optional.empty());
    }

    public static Look unknown(Task task, ConnectorException error) {
        return new Look(Progress.UNKNOWN, task.resource(), new Capture.Unknown(task.resource(), error));
    }

    /** What is found; where it cannot be read nothing is known. */
    public static Look of(Task task, Supplier<Look> look) {
        try {
            return look.get();
        } catch (ConnectorException e) {
            return unknown(task, e);
        }
    }
}
