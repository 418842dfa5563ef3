package dev.sweepback.connector;

/**
 * What a look at one task found.
 *
 * @param resource the resource as it is addressed now; differs from the task's when it was re-created under a new id
 * @param now what can be seen of it now
 */
public record Look(Progress progress, ResourceRef resource, Capture now) {

    public static Look unknown(Task task, ConnectorException error) {
        return new Look(Progress.UNKNOWN, task.resource(), new Capture.Unknown(task.resource(), error));
    }
}
