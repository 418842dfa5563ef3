package dev.sweepback.adapter.unleash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.SideBySide;
import dev.sweepback.connector.Answer;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Secret;
import dev.sweepback.connector.Writer;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A server that takes its time. */
class SlowUnleashTest extends FlagStory {

    @Test
    void aBatchIsReadAndRestoredSideBySideAsFarAsItsConnectionAllows() {
        List<String> names =
                IntStream.range(0, 20).mapToObj("flag-%02d"::formatted).toList();
        names.forEach(this::add);
        names.forEach(name -> twin.setEnabled(name, "production", true));
        List<ResourceRef> refs = names.stream()
                .map(name -> new ResourceRef("flag", "unleash", name))
                .toList();
        List<Order> orders = names.stream().map(this::order).toList();

        slowly(reader -> assertThat(reader.capture(refs)).allMatch(Capture.Present.class::isInstance), writer -> {});
        slowly(reader -> {}, writer -> assertThat(writer.apply(orders)).allMatch(Answer.Accepted.class::isInstance));
        List<Reversal> reversals = orders.stream().map(this::reversal).toList();
        slowly(
                reader -> assertThat(reader.look(List.copyOf(reversals)))
                        .allMatch(look -> look.progress() == Progress.NOT_BEGUN),
                writer -> assertThat(writer.revert(reversals)).allMatch(Answer.Accepted.class::isInstance));

        assertThat(find())
                .hasSize(20)
                .allSatisfy(flag -> assertThat(flag.fields().get("enabledIn")).isEqualTo(List.of("production")));
    }

    /** Every kind of request about slow flags meets others of its kind before any of them is answered. */
    private void slowly(Consumer<Reader> reading, Consumer<Writer> writing) {
        SideBySide slow = new SideBySide(
                4, request -> request.contains("/flag-") ? request.replaceAll("flag-\\d\\d", "FLAG") : "");
        Connection connection = connection(4);
        try (HttpClients clients = new HttpClients(clock::advance, slow::wrap);
                Reader reader = new UnleashFlags(clients, reference -> new Secret(twin.token())).reader(connection);
                Writer writer = new UnleashFlags(clients, reference -> new Secret(twin.token())).writer(connection)) {
            reading.accept(reader);
            writing.accept(writer);
        }
        assertThat(slow.most()).isLessThanOrEqualTo(4);
    }
}
