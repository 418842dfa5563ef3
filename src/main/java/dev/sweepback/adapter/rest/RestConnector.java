package dev.sweepback.adapter.rest;

import dev.sweepback.adapter.http.Api;
import dev.sweepback.adapter.http.Http;
import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.ReadList;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Connector;
import dev.sweepback.connector.Descriptor;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.Recreated;
import dev.sweepback.connector.Redaction;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.connector.Reversible;
import dev.sweepback.connector.Secrets;
import dev.sweepback.connector.Writer;
import dev.sweepback.job.DescribedAction;
import dev.sweepback.job.Description;
import java.util.List;
import java.util.Optional;

/** A kind of resource of a REST system as a file describes it. What that file declares is believed once a probe has proven it. */
public final class RestConnector implements Connector {

    private final HttpClients http;
    private final Secrets secrets;
    private final Redaction redaction;
    private final Description description;
    private final Belief belief;
    private final Descriptor descriptor;
    private final Recreated recreated = new Recreated();

    public RestConnector(
            HttpClients http, Secrets secrets, Redaction redaction, Description description, Belief belief) {
        this.http = http;
        this.secrets = secrets;
        this.redaction = redaction;
        this.description = description;
        this.belief = belief;
        this.descriptor = RestDescriptor.of(description);
    }

    @Override
    public Descriptor descriptor() {
        return descriptor;
    }

    /** What planning may send: follows from the requests that list and capture. */
    public ReadList reads(Connection connection) {
        return Requests.reads(description, connection);
    }

    @Override
    public Reader reader(Connection connection) {
        RestApi api = api(connection, http.reading(connection, reads(connection)));
        return new RestReader(description, api, resources(connection), () -> look(connection, api));
    }

    @Override
    public Writer writer(Connection connection) {
        RestApi api = api(connection, http.writing(connection));
        return new RestWriter(api, () -> look(connection, api), recreated);
    }

    @Override
    public Reversible reversible(String action, Resource resource, Instructions instructions) {
        DescribedAction described = description.action(action).orElseThrow();
        if (described.reversibility() == Reversibility.NONE) {
            return new Reversible(Reversibility.NONE, List.of("its description has no way back"));
        }
        Optional<String> doubt = belief.doubt(resource.ref().connection(), action);
        return doubt.isPresent()
                ? new Reversible(Reversibility.NONE, List.of(doubt.get()))
                : new Reversible(described.reversibility(), described.lost());
    }

    /** Proves what the description says, on disposable resources of this connection. */
    public Probe probe(Connection connection) {
        RestApi api = api(connection, http.writing(connection));
        return new Probe(this, connection, description, api, http.pause());
    }

    private RestLook look(Connection connection, RestApi api) {
        return new RestLook(description, api, resources(connection), recreated);
    }

    private RestResources resources(Connection connection) {
        return new RestResources(description, connection, redaction);
    }

    private RestApi api(Connection connection, Http client) {
        Headers headers = new Headers(description, connection, secrets);
        Api api = new Api(connection.name(), client, headers, new RestStatusRule(description.answers()));
        return new RestApi(api, connection, description);
    }
}
