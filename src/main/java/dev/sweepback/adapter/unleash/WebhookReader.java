package dev.sweepback.adapter.unleash;

import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Look;
import dev.sweepback.connector.Population;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.Task;
import java.util.List;

/** Reads webhooks. They belong to no project: one that is limited to other projects is listed too. */
final class WebhookReader implements Reader {

    private final WebhookApi api;
    private final WebhookResources webhooks;
    private final WebhookLook look;

    WebhookReader(WebhookApi api, WebhookResources webhooks, WebhookLook look) {
        this.api = api;
        this.webhooks = webhooks;
        this.look = look;
    }

    @Override
    public Population find(Scope scope) {
        return new Population(
                api.list().webhooks().stream().map(webhooks::resource).toList());
    }

    @Override
    public List<Capture> capture(List<ResourceRef> resources) {
        return resources.stream().map(this::capture).toList();
    }

    private Capture capture(ResourceRef ref) {
        return Capture.of(
                ref,
                () -> api.webhook(ref.id()).<Capture>map(webhooks::capture).orElseGet(() -> new Capture.Absent(ref)));
    }

    @Override
    public List<Look> look(List<Task> tasks) {
        return tasks.stream().map(task -> Look.of(task, () -> look.at(task))).toList();
    }

    @Override
    public void close() {
        // the client is shared and closed with the others
    }
}
