package dev.sweepback.job;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an HTTP server answers to a GET.
 *
 * @param query parameters; never a secret
 * @param status empty for any success
 * @param json what the body says, by JSON pointer; empty if the body does not matter
 */
public record HttpSubject(
        Endpoint endpoint, Map<String, String> query, Optional<Integer> status, Map<String, Wanted> json)
        implements Check.Subject {

    public HttpSubject {
        query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
        json = Collections.unmodifiableMap(new LinkedHashMap<>(json));
    }

    @Override
    public String text() {
        List<String> expected = new ArrayList<>();
        status.ifPresent(code -> expected.add(String.valueOf(code)));
        json.forEach((pointer, wanted) -> expected.add(pointer + " " + wanted.text()));
        return "http GET " + endpoint + ": " + String.join(", ", expected);
    }
}
