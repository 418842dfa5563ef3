package dev.sweepback.adapter.rest;

import dev.sweepback.adapter.http.Credential;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Descriptor;
import dev.sweepback.connector.Secrets;
import dev.sweepback.job.Description;
import dev.sweepback.job.Template;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The headers of every request of a connection. Secrets are resolved at the first one and not before. */
final class Headers implements Supplier<Map<String, String>> {

    private final Description description;
    private final Connection connection;
    private final Places places;
    private final Map<String, Credential> credentials = new LinkedHashMap<>();

    Headers(Description description, Connection connection, Secrets secrets) {
        this.description = description;
        this.connection = connection;
        this.places = new Places(connection, Filling.NOTHING);
        description.connectionKeys().stream()
                .filter(Descriptor.Key::secret)
                .forEach(key -> credentials.put(key.name(), new Credential(connection, key.name(), secrets)));
    }

    @Override
    public Map<String, String> get() {
        Map<String, String> headers = new LinkedHashMap<>();
        description.headers().forEach((name, template) -> {
            if (template.places().stream().allMatch(this::isSet)) {
                headers.put(name, value(template));
            }
        });
        return headers;
    }

    private boolean isSet(Template.Place place) {
        return connection.option(place.name()).isPresent()
                || connection.secret(place.name()).isPresent();
    }

    private String value(Template template) {
        StringBuilder value = new StringBuilder();
        for (Template.Part part : template.parts()) {
            if (part instanceof Template.Place place) {
                Credential credential = credentials.get(place.name());
                value.append(
                        credential == null
                                ? places.text(place)
                                : credential.get().reveal());
            } else {
                value.append(((Template.Literal) part).text());
            }
        }
        return value.toString();
    }
}
