package dev.sweepback.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.Connection;
import dev.sweepback.gate.Checks;
import dev.sweepback.gate.ClockWatch;
import dev.sweepback.gate.Gate;
import dev.sweepback.gate.GateState;
import dev.sweepback.gate.Question;
import dev.sweepback.plan.Purpose;
import dev.sweepback.run.World;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the answers of a system tell of this machine's clock. */
class DatesTest {

    /** 20:00 by the clock of the world. */
    private static final String RIGHT = "Mon, 02 Nov 2026 20:00:00 GMT";

    private static final String AN_HOUR_BEHIND = "Mon, 02 Nov 2026 19:00:00 GMT";

    private final World world = new World();
    private final ClockWatch watch = new ClockWatch(world.clock, world.clock::nanos, Duration.ofSeconds(60));
    private Response answer = new Response(200, Map.of(), "");
    private final HttpClients clients = new HttpClients(
            Pause.REAL,
            Optional.of(world.clock),
            Optional.of(watch),
            next -> request -> answer,
            unused -> reference -> {
                throw new AssertionError("no secret is needed");
            });
    private final Connection connection = new Connection(
            "unleash",
            "unleash",
            "production",
            URI.create("https://unleash.example.com"),
            Map.of(),
            Map.of(),
            1,
            Connection.Timeouts.DEFAULT);

    @AfterEach
    void close() {
        clients.close();
        world.close();
    }

    private String clock(String... headers) {
        Map<String, String> all = new HashMap<>();
        for (int index = 0; index < headers.length; index += 2) {
            all.put(headers[index], headers[index + 1]);
        }
        answer = new Response(200, all, "");
        clients.writing(connection).send(Request.get("/x"));
        world.schedule(World.UPGRADE, "production");
        GateState state = Gate.standard(Checks.NONE, watch)
                .fromRecord(new Question(
                        world.job,
                        world.policy,
                        world.upgrade(),
                        Purpose.CLEANUP,
                        world.journal,
                        world.clock.instant()));
        return state.answers().stream()
                .filter(one -> one.condition().equals("clock right"))
                .findFirst()
                .orElseThrow()
                .verdict()
                .reason();
    }

    @Test
    void aDateThatIsRightSaysSo() {
        assertThat(clock("date", RIGHT)).isEqualTo("it has not jumped, and is within 1m of 1 system");
    }

    @Test
    void aDateThatIsWrongNamesTheConnection() {
        assertThat(clock("date", AN_HOUR_BEHIND))
                .startsWith("this machine's clock is 3599s ahead of that of 'unleash'");
    }

    @ParameterizedTest
    @CsvSource({"age, 0", "age, 3600", "x-cache, HIT from proxy", "x-cache-status, HIT", "cf-cache-status, hit"})
    void whatACacheHasKeptTellsNothing(String header, String value) {
        assertThat(clock("date", AN_HOUR_BEHIND, header, value)).isEqualTo("it has not jumped");
    }

    @ParameterizedTest
    @CsvSource({"x-cache, MISS", "via, 1.1 proxy"})
    void whatPassedByACacheTells(String header, String value) {
        assertThat(clock("date", AN_HOUR_BEHIND, header, value)).contains("ahead of");
    }

    @Test
    void noDateTellsNothing() {
        assertThat(clock()).isEqualTo("it has not jumped");
        assertThat(new Response(200, Map.of("date", "yesterday"), "").date()).isEmpty();
    }
}
