package dev.sweepback.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.Pause;
import dev.sweepback.adapter.http.Request;
import dev.sweepback.connector.ConnectorException.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What every connector keeps to, and a real system can be asked for: nothing here needs a system that fails when told. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ConnectorEssentials {

    private static final int MORE_THAN_A_PAGE = 130;

    Stage stage = newStage();

    /** A bench on which nothing of another test is seen. */
    abstract Bench open(HttpClients http, Clock clock);

    abstract List<String> actions();

    /** How connectors wait between two looks: on the clock of the stage, unless the system has a clock of its own. */
    Pause pause(Pause onClock) {
        return onClock;
    }

    private Stage newStage() {
        return new Stage(this::open, this::pause);
    }

    @BeforeEach
    void begin() {
        stage = newStage();
        stage.open();
    }

    @AfterEach
    void end() {
        stage.close();
    }

    @Test
    void findTellsTheDeclaredFieldsOfEachResource() {
        Resource resource = stage.listed(stage.seeded());

        Map<String, Object> values = resource.fields();
        Map<String, Fields.Field> declared = stage.descriptor().fields().list().stream()
                .collect(Collectors.toMap(Fields.Field::name, field -> field));
        for (Fields.Field field : declared.values()) {
            assertThat(values.containsKey(field.name()) || field.optional())
                    .as("%s is there or optional", field.name())
                    .isTrue();
        }
        values.forEach((name, value) -> assertThat(
                        Optional.ofNullable(declared.get(name)).map(field -> isOf(field.type(), value)))
                .as("%s is declared and of its type", name)
                .contains(true));
    }

    @Test
    void captureSeesTheSameResourceAsFind() {
        Resource listed = stage.listed(stage.seeded());

        Resource captured = stage.present(stage.seeded()).resource();

        assertThat(captured.fingerprint()).isEqualTo(listed.fingerprint());
        assertThat(captured.fields()).isEqualTo(listed.fields());
        assertThat(captured.name()).isEqualTo(listed.name());
    }

    @Test
    void findReadsEveryPage() {
        int before = stage.find().size();
        stage.bench().seedMany(MORE_THAN_A_PAGE);

        Population population = stage.find();

        assertThat(population.size()).isEqualTo(before + MORE_THAN_A_PAGE);
        assertThat(population.resources().stream().map(Resource::ref)).doesNotHaveDuplicates();
    }

    @Test
    void aPlaceThatIsNotThereIsAnErrorAndNotEmpty() {
        Connection unknown = stage.bench().unknownPlace();

        try (Reader reader = stage.connector().reader(unknown)) {
            ConnectorException failure = catchThrowableOfType(
                    ConnectorException.class, () -> reader.find(stage.bench().scope()));
            assertThat(failure).isNotNull();
            assertThat(failure.kind()).isIn(stage.bench().kindsOfUnknownPlace());
            assertThat(reader.capture(List.of(stage.seeded())).get(0)).isInstanceOf(Capture.Unknown.class);
        }
    }

    @Test
    void aScopeThatIsNotThereIsAnErrorAndNotEmpty() {
        Optional<Scope> unknown = stage.bench().unknownScope();
        assumeTrue(unknown.isPresent(), "a scope names nothing that could be missing");

        try (Reader reader = stage.connector().reader(stage.connection())) {
            ConnectorException failure =
                    catchThrowableOfType(ConnectorException.class, () -> reader.find(unknown.get()));
            assertThat(failure).isNotNull();
            assertThat(failure.kind()).isIn(stage.bench().kindsOfUnknownPlace());
        }
    }

    @ParameterizedTest
    @MethodSource("actions")
    void findCaptureAndLookChangeNothing(String action) {
        Order order = stage.order(action);
        ObjectNode before = stage.bench().dump();
        long changes = stage.bench().changes();
        stage.wire().sent().clear();

        stage.find();
        stage.present(stage.seeded());
        stage.look(order);
        stage.look(stage.reversal(order));

        assertThat(stage.wire().sent())
                .isNotEmpty()
                .noneMatch(request -> stage.bench().isWrite(request.method(), request.path()));
        assertThat(stage.bench().changes()).isEqualTo(changes);
        assertThat(stage.bench().dump()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("actions")
    void aReaderCannotSendWhatAWriterSendsToChangeSomething(String action) {
        Order order = stage.order(action);
        stage.wire().sent().clear();
        stage.apply(order);
        stage.revert(stage.reversal(order));
        List<Request> writes = stage.wire().sent().stream()
                .filter(request -> stage.bench().isWrite(request.method(), request.path()))
                .toList();
        long changes = stage.bench().changes();
        stage.wire().sent().clear();

        for (Request write : writes) {
            ConnectorException failure = catchThrowableOfType(
                    ConnectorException.class,
                    () -> stage.http()
                            .reading(stage.connection(), stage.bench().reads())
                            .send(write));
            assertThat(failure.kind()).isEqualTo(Kind.NOT_A_READ);
        }

        assertThat(writes).isNotEmpty();
        assertThat(stage.wire().sent()).isEmpty();
        assertThat(stage.bench().changes()).isEqualTo(changes);
    }

    @ParameterizedTest
    @MethodSource("actions")
    void applyTwiceIsOnce(String action) {
        Order order = stage.order(action);
        assertThat(stage.apply(order)).isInstanceOf(Answer.Accepted.class);
        Look once = stage.look(order);
        JsonNode dump = stage.bench().promised(action, stage.bench().dump());
        stage.clock().advance(Duration.ofMinutes(1));

        Answer again = stage.apply(order);

        assertThat(again).isInstanceOf(Answer.Accepted.class);
        assertThat(Stage.state(stage.look(order).now())).isEqualTo(Stage.state(once.now()));
        assertThat(stage.bench().promised(action, stage.bench().dump())).isEqualTo(dump);
    }

    @ParameterizedTest
    @MethodSource("actions")
    void lookTellsHowFarApplyAndRevertHaveCome(String action) {
        Order order = stage.order(action);
        assertThat(stage.look(order).progress()).isEqualTo(Progress.NOT_BEGUN);

        stage.apply(order);
        assertThat(stage.look(order).progress()).isEqualTo(Progress.DONE);

        Reversal reversal = stage.reversal(order);
        assertThat(stage.look(reversal).progress()).isEqualTo(Progress.NOT_BEGUN);

        stage.revert(reversal);
        assertThat(stage.look(reversal).progress()).isEqualTo(Progress.DONE);
    }

    @ParameterizedTest
    @MethodSource("actions")
    void revertBringsBackWhatItPromisesFieldByField(String action) {
        Order order = stage.order(action);
        JsonNode before = stage.bench().promised(action, stage.bench().dump());
        stage.apply(order);
        assertThat(stage.bench().promised(action, stage.bench().dump())).isNotEqualTo(before);
        Reversal reversal = stage.reversal(order);

        Answer answer = stage.revert(reversal);

        assertThat(answer).isInstanceOf(Answer.Accepted.class);
        stage.assertRestored(reversal, before);
    }

    @ParameterizedTest
    @MethodSource("actions")
    void aRetriedRevertIsHarmless(String action) {
        Order order = stage.order(action);
        JsonNode before = stage.bench().promised(action, stage.bench().dump());
        stage.apply(order);
        Reversal reversal = stage.reversal(order);
        stage.revert(reversal);

        Answer again = stage.revert(reversal);

        assertThat(again).isInstanceOf(Answer.Accepted.class);
        stage.assertRestored(reversal, before);
    }

    @ParameterizedTest
    @MethodSource("actions")
    void revertLeavesALaterChangeAlone(String action) {
        Order order = stage.order(action);
        stage.apply(order);
        Reversal reversal = stage.reversal(order);
        stage.clock().advance(Duration.ofMinutes(5));
        assumeTrue(stage.bench().changeByHand(action, stage.seeded()), "nobody else can change it");
        ObjectNode changed = stage.bench().dump();

        Progress progress = stage.look(reversal).progress();
        Answer answer = stage.revert(reversal);

        assertThat(progress).isEqualTo(Progress.FOREIGN);
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Failed.class,
                        failed -> assertThat(failed.error().kind()).isEqualTo(Kind.CONFLICT));
        assertThat(stage.bench().dump()).isEqualTo(changed);
    }

    @ParameterizedTest
    @MethodSource("actions")
    void aProcessKilledAtAnyRequestOfApplyCanGoOn(String action) {
        forEachRequest((request, answered) -> killAndGoOn(action, request, answered));
    }

    private boolean killAndGoOn(String action, int request, boolean answered) {
        try (Stage own = newStage()) {
            own.open();
            Order order = own.order(action);
            JsonNode before = own.bench().promised(action, own.bench().dump());

            boolean killed = own.killed(request, answered, () -> own.apply(order));

            assertThat(own.look(order).progress()).isIn(Progress.NOT_BEGUN, Progress.PARTLY, Progress.DONE);
            assertThat(own.apply(order)).isInstanceOf(Answer.Accepted.class);
            assertThat(own.look(order).progress()).isEqualTo(Progress.DONE);
            Reversal reversal = own.reversal(order);
            own.revert(reversal);
            own.assertRestored(reversal, before);
            return killed;
        }
    }

    @ParameterizedTest
    @MethodSource("actions")
    void aProcessKilledAtAnyRequestOfRevertCanGoOn(String action) {
        forEachRequest((request, answered) -> killRevertAndGoOn(action, request, answered));
    }

    private boolean killRevertAndGoOn(String action, int request, boolean answered) {
        try (Stage own = newStage()) {
            own.open();
            Order order = own.order(action);
            JsonNode before = own.bench().promised(action, own.bench().dump());
            own.apply(order);
            Reversal reversal = own.reversal(order);

            boolean killed = own.killed(request, answered, () -> own.revert(reversal));

            assertThat(own.look(reversal).progress()).isIn(Progress.NOT_BEGUN, Progress.PARTLY, Progress.DONE);
            assertThat(own.revert(reversal)).isInstanceOf(Answer.Accepted.class);
            own.assertRestored(reversal, before);
            return killed;
        }
    }

    private interface Kill {
        /** Whether there was such a request to be killed at. */
        boolean at(int request, boolean answered);
    }

    private static void forEachRequest(Kill kill) {
        boolean more = true;
        for (int request = 1; more; request++) {
            assertThat(request).as("requests of one operation").isLessThan(50);
            boolean before = kill.at(request, false);
            boolean after = kill.at(request, true);
            more = before || after;
        }
    }

    private static boolean isOf(Fields.Type type, Object value) {
        return switch (type) {
            case TEXT -> value instanceof String;
            case NUMBER -> value instanceof Long;
            case BOOLEAN -> value instanceof Boolean;
            case TIME -> value instanceof Instant;
            case TEXTS -> value instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
            case TEXT_MAP ->
                value instanceof Map<?, ?> map && map.values().stream().allMatch(String.class::isInstance);
        };
    }
}
