package dev.sweepback.adapter.vault;

import static dev.sweepback.adapter.vault.KindsWorld.key;
import static dev.sweepback.adapter.vault.KindsWorld.recordedBody;
import static dev.sweepback.adapter.vault.VaultWorld.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sweepback.adapter.http.Request;
import dev.sweepback.connector.Answer;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.Look;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.SecretRef;
import dev.sweepback.connector.State;
import dev.sweepback.sandbox.Faults;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class VaultKvTest {

    private static final ResourceRef KEY = key("secret/up/a");
    private static final ResourceRef PLAIN = key("kv1/up/a");

    private final KindsWorld kinds = new KindsWorld();

    @AfterEach
    void close() {
        kinds.close();
    }

    private void write(String path) {
        kinds.twin.writeSecret(path, json("{'password':'hunter2'}"));
    }

    /** As root, by hand. */
    private void byHand(String path, String body) {
        kinds.world
                .http
                .writing(kinds.world.connection)
                .send(Request.of("POST", "/v1/{+}", path)
                        .header("X-Vault-Token", kinds.twin.token())
                        .body(json(body)));
    }

    private void forget(String path) {
        kinds.world
                .http
                .writing(kinds.world.connection)
                .send(Request.of("DELETE", "/v1/secret/metadata/{+}", path)
                        .header("X-Vault-Token", kinds.twin.token()));
    }

    private List<Resource> found(String path) {
        return kinds.find(kinds.kv, new Scope(Map.of("path", path)));
    }

    private Order order(ResourceRef ref) {
        return kinds.order(kinds.kv, ref, Instructions.NONE);
    }

    private Reversal removed(ResourceRef ref) {
        return kinds.applied(kinds.kv, ref, Instructions.NONE);
    }

    private static Kind kind(Answer answer) {
        return ((Answer.Failed) answer).error().kind();
    }

    private List<String> versions(ResourceRef ref) {
        Object versions = kinds.resource(kinds.kv, ref).fields().get("versions");
        return versions instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    @Test
    void listsTheKeysBelowThePathWithWhatConditionsNeed() {
        write("up/a");
        write("up/a");
        write("up/db/b");
        write("up");
        write("beside/c");

        assertThat(found("/secret/up/").stream().map(resource -> resource.ref().id()))
                .containsExactlyInAnyOrder("secret/up/a", "secret/up/db/b");
        assertThat(found("secret").stream().map(resource -> resource.ref().id()))
                .contains("secret/up", "secret/beside/c");
        assertThat(kinds.resource(kinds.kv, KEY).fields())
                .containsEntry("path", "secret/up/a")
                .containsEntry("mount", "secret")
                .containsEntry("engine", 2L)
                .containsEntry("currentVersion", 2L)
                .containsEntry("versions", List.of("1", "2"))
                .containsEntry("createdAt", kinds.world.clock.instant())
                .containsEntry("deleteVersionAfter", 0L)
                .doesNotContainKey("expiresAt");
    }

    /** Trap 5: of the engine's requests two delete for good, and one of those the driver calls delete. */
    @Test
    void onlyVersionsAreDeletedAlwaysNamedOnesAndNeverMetadata() {
        write("up/a");
        write("up/a");
        write("up/a");
        byHand("secret/delete/up/a", "{'versions':[2]}");

        Reversal reversal = removed(KEY);
        kinds.revert(kinds.kv, reversal);

        assertThat(kinds.writes())
                .containsExactly(
                        "POST /v1/secret/delete/up/a {\"versions\":[1,3]}",
                        "POST /v1/secret/undelete/up/a {\"versions\":[1,3]}");
        assertThat(kinds.sent).noneMatch(request -> request.path().contains("/data/"));
        assertThat(kinds.look(kinds.kv, reversal).progress()).isEqualTo(Progress.DONE);
        assertThat(versions(KEY)).containsExactly("1", "3");
    }

    @Test
    void whatIsRemovedIsNoPartOfThePopulationAndUndoBringsBackAllOfIt() {
        write("up/a");
        Order order = order(KEY);

        kinds.apply(kinds.kv, order);
        assertThat(found("secret/up")).isEmpty();
        assertThat(kinds.twin.secret("up/a")).isEmpty();
        Reversal reversal = kinds.reversal(kinds.kv, order);
        kinds.revert(kinds.kv, reversal);

        assertThat(kinds.world.state(kinds.kv, KEY)).isEqualTo(order.before());
        assertThat(kinds.twin.secret("up/a").orElseThrow()).isEqualTo(json("{'password':'hunter2'}"));
    }

    /** Recording kv2-undelete-destroyed-204: undelete says 204 all the same. */
    @Test
    void aVersionThatWasDestroyedSinceIsAConflict() {
        write("up/a");
        Reversal reversal = removed(KEY);
        byHand("secret/destroy/up/a", "{'versions':[1]}");
        kinds.sent.clear();

        Look look = kinds.look(kinds.kv, reversal);
        Answer answer = kinds.revert(kinds.kv, reversal);

        assertThat(look.progress()).isEqualTo(Progress.FOREIGN);
        assertThat(kind(answer)).isEqualTo(Kind.CONFLICT);
        assertThat(kinds.writes()).isEmpty();
    }

    /** Recordings kv2-undelete-gone-204 and kv2-metadata-gone-404. */
    @Test
    void aKeyWhoseMetadataIsGoneCannotBePutBack() {
        write("up/a");
        Reversal reversal = removed(KEY);
        forget("up/a");

        Look look = kinds.look(kinds.kv, reversal);

        assertThat(look.progress()).isEqualTo(Progress.FOREIGN);
        assertThat(look.now()).isInstanceOf(Capture.Absent.class);
        assertThat(kind(kinds.revert(kinds.kv, reversal))).isEqualTo(Kind.CONFLICT);
        assertThat(kinds.writes()).noneMatch(write -> write.contains("undelete"));
    }

    @Test
    void theAnswerOfUndeleteIsNotBelieved() {
        write("up/a");
        Reversal reversal = removed(KEY);
        kinds.twin
                .faults()
                .next(Faults.request("POST", "/v1/secret/undelete/.*"))
                .answer(204, "application/json", "");

        assertThat(kinds.revert(kinds.kv, reversal)).isInstanceOf(Answer.Accepted.class);

        assertThat(kinds.look(kinds.kv, reversal).progress()).isEqualTo(Progress.NOT_BEGUN);
    }

    @Test
    void aVersionThatIsWrittenMeanwhileKeepsTheKey() {
        write("up/a");
        Order order = order(KEY);
        write("up/a");

        assertThat(kinds.look(kinds.kv, order).progress()).isEqualTo(Progress.FOREIGN);
        assertThat(kind(kinds.apply(kinds.kv, order))).isEqualTo(Kind.CONFLICT);

        assertThat(kinds.writes()).isEmpty();
        assertThat(versions(KEY)).containsExactly("1", "2");
    }

    @Test
    void aVersionThatIsWrittenRightAfterTheRemovalIsNotOfOurMaking() {
        write("up/a");
        Order order = order(KEY);
        kinds.apply(kinds.kv, order);
        write("up/a");

        assertThat(kinds.look(kinds.kv, order).progress()).isEqualTo(Progress.FOREIGN);
    }

    @Test
    void whatSomebodyUndeletedAndDeletedAgainIsNotAsItWasLeft() {
        write("up/a");
        Reversal reversal = removed(KEY);
        kinds.world.clock.advance(Duration.ofMinutes(1));
        byHand("secret/undelete/up/a", "{'versions':[1]}");
        byHand("secret/delete/up/a", "{'versions':[1]}");

        assertThat(kinds.look(kinds.kv, reversal).progress()).isEqualTo(Progress.FOREIGN);
    }

    @Test
    void whereVersionsDeleteThemselvesUndoBeginsTheirTimeAnewAndThePlanSaysSo() {
        byHand("secret/metadata/up/a", "{'delete_version_after':'5400s'}");
        write("up/a");
        Instant written = kinds.world.clock.instant();
        Resource resource = kinds.resource(kinds.kv, KEY);
        assertThat(resource.fields())
                .containsEntry("deleteVersionAfter", 5400L)
                .containsEntry("expiresAt", written.plus(Duration.ofMinutes(90)));
        assertThat(kinds.kv.reversible("remove", resource, Instructions.NONE)).satisfies(reversible -> {
            assertThat(reversible.reversibility()).isEqualTo(Reversibility.LOSSY);
            assertThat(reversible.lost()).containsExactly("expiresAt");
        });

        kinds.world.clock.advance(Duration.ofMinutes(10));
        Reversal reversal = removed(KEY);
        kinds.world.clock.advance(Duration.ofMinutes(10));
        kinds.revert(kinds.kv, reversal);
        Look look = kinds.look(kinds.kv, reversal);

        assertThat(look.progress()).isEqualTo(Progress.DONE);
        assertThat(reversal.before().differences(((Capture.Present) look.now()).state()))
                .containsExactly("/metadata/versions/1/deletion_time");
        assertThat(((Capture.Present) look.now()).resource().fields())
                .containsEntry("expiresAt", written.plus(Duration.ofMinutes(110)));
    }

    /** Recording kv2-read-expired-delete_version_after-404: its time of deletion has passed, and nothing else has changed. */
    @Test
    void aVersionThatDeletedItselfMeanwhileNeedsNoRequest() {
        byHand("secret/metadata/up/a", "{'delete_version_after':'30m'}");
        write("up/a");
        Order order = order(KEY);
        kinds.world.clock.advance(Duration.ofHours(1));

        assertThat(kinds.look(kinds.kv, order).progress()).isEqualTo(Progress.DONE);
        assertThat(kinds.apply(kinds.kv, order)).isInstanceOf(Answer.Accepted.class);
        assertThat(kinds.writes()).isEmpty();
        assertThat(found("secret/up")).isEmpty();
    }

    /** Recordings kv1-delete-204, kv1-read-404 and kv1-write-204. */
    @Test
    void aKeyWithoutVersionsIsWrittenBackToTheLastDigit() {
        String value = "{'big':12345678901234567890,'exact':0.12345678901234567890123,'k':'v','ttl':'30m'}";
        ObjectNode written = (ObjectNode) tools.jackson.databind.json.JsonMapper.builder()
                .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build()
                .readTree(value.replace('\'', '"'));
        kinds.twin.writeSecretV1("up/a", written);
        Order order = order(PLAIN);

        kinds.apply(kinds.kv, order);
        assertThat(kinds.capture(kinds.kv, PLAIN)).isInstanceOf(Capture.Absent.class);
        Reversal stored = kinds.reversal(kinds.kv, order);
        kinds.revert(
                kinds.kv,
                new Reversal(
                        stored.operation(),
                        stored.resource(),
                        stored.action(),
                        State.fromBytes(stored.before().bytes()),
                        stored.after(),
                        stored.announcedAt(),
                        stored.instructions()));

        assertThat(kinds.writes())
                .containsExactly("DELETE /v1/kv1/up/a", "POST /v1/kv1/up/a " + value.replace('\'', '"'));
    }

    @Test
    void aValueIsInTheSnapshotAndNowhereElse() {
        kinds.twin.writeSecretV1("up/a", (ObjectNode) json("{'password':'hunter2'}"));
        kinds.twin.writeSecretV1("up/b", (ObjectNode) json("{'password':'hunter3'}"));
        Resource resource = kinds.resource(kinds.kv, PLAIN);

        assertThat(resource.fields().toString() + resource.name() + resource.handles() + resource.fingerprint())
                .doesNotContain("hunter");
        assertThat(kinds.capture(kinds.kv, PLAIN).toString()).doesNotContain("hunter");
        assertThat(new String(order(PLAIN).before().bytes(), StandardCharsets.UTF_8))
                .contains("hunter2");

        write("up/a");
        assertThat(new String(order(KEY).before().bytes(), StandardCharsets.UTF_8))
                .doesNotContain("hunter2");
    }

    @Test
    void anotherValueOfAKeyWithoutVersionsIsSeenAsAChange() {
        kinds.twin.writeSecretV1("up/a", (ObjectNode) json("{'password':'hunter2'}"));
        String before = kinds.resource(kinds.kv, PLAIN).fingerprint();
        Order order = order(PLAIN);
        kinds.twin.writeSecretV1("up/a", (ObjectNode) json("{'password':'hunter3'}"));

        assertThat(kinds.resource(kinds.kv, PLAIN).fingerprint()).isNotEqualTo(before);
        assertThat(kind(kinds.apply(kinds.kv, order))).isEqualTo(Kind.CONFLICT);
        assertThat(kinds.writes()).isEmpty();
    }

    /** Reading a path of such an engine would issue something. */
    @Test
    void aPathOfAnotherEngineIsAnErrorAndNotRead() {
        ConnectorException failure =
                catchThrowableOfType(ConnectorException.class, () -> found("database/creds/dten-migrator"));
        Capture capture = kinds.capture(kinds.kv, key("database/creds/dten-migrator"));

        assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
        assertThat(failure).hasMessageContaining("engine of type database");
        assertThat(capture).isInstanceOf(Capture.Unknown.class);
        assertThat(kinds.twin.leasesOf("dten-migrator")).isEmpty();
        assertThat(kinds.sent).noneMatch(request -> request.path().startsWith("/v1/database/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret/up/../other", "secret/./up", "secret//up", ".."})
    void aPathThatLeadsElsewhereIsRefused(String path) {
        ConnectorException failure = catchThrowableOfType(ConnectorException.class, () -> found(path));

        assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
        assertThat(failure).hasMessageContaining("has a part that is empty, '.' or '..'");
        assertThat(kinds.sent).isEmpty();
    }

    @Test
    void aFolderWithAKeyThatCannotBeAskedForIsAnError() {
        kinds.twin
                .faults()
                .next(Faults.request("LIST", "/v1/secret/metadata/up"))
                .answer(200, "application/json", "{\"data\":{\"keys\":[\"a\",\"..\"]}}");

        assertThat(catchThrowableOfType(ConnectorException.class, () -> found("secret/up")))
                .hasMessageContaining("'..'");
    }

    /** Recording kv2-wrong-path-404, as a mount answers that got versions after it was asked for. */
    @Test
    void anAnswerThatOnlyWarnsIsNotTakenForAnAbsentKey() {
        kinds.twin
                .faults()
                .next(Faults.request("GET", "/v1/kv1/up/a"))
                .answer(404, "application/json", recordedBody("kv2-wrong-path-404"));

        assertThat(kinds.capture(kinds.kv, PLAIN)).isInstanceOf(Capture.Unknown.class);
    }

    @Test
    void whatIsNamedAsAHandOverIsUntouchable() {
        write("up/g0htazy0hvzfwdhr");
        ResourceRef handover = key("secret/up/g0htazy0hvzfwdhr");

        assertThat(kinds.resource(kinds.kv, handover).untouchable().orElse("")).contains("hand-over");
        assertThat(kind(kinds.apply(kinds.kv, order(handover)))).isEqualTo(Kind.REJECTED);
        assertThat(kinds.writes()).isEmpty();
    }

    @Test
    void whatSweepbacksOwnConnectionsTakeTheirCredentialsFromIsUntouchable() {
        write("up/a");
        write("up/b");
        kinds.settings.add(new Connection(
                "unleash",
                "unleash",
                "test",
                URI.create("https://unleash.example.com"),
                Map.of(),
                Map.of("token", new SecretRef.Vault("vault", "secret/up/a", "token")),
                1,
                Connection.Timeouts.DEFAULT));

        assertThat(kinds.resource(kinds.kv, KEY).untouchable().orElse("")).contains("connection 'unleash'");
        assertThat(kind(kinds.apply(kinds.kv, order(KEY)))).isEqualTo(Kind.REJECTED);
        assertThat(kinds.resource(kinds.kv, key("secret/up/b")).untouchable()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/secret/data/up/a",
                "GET /v1/database/creds/dten-migrator",
                "DELETE /v1/secret/metadata/up/a"
            })
    void aReaderOfAVersionedMountReadsItsMetadataAndNothingElse(String request) {
        String[] parts = request.split(" ", 2);

        ConnectorException failure = catchThrowableOfType(
                ConnectorException.class,
                () -> kinds.world
                        .http
                        .reading(kinds.world.connection, VaultKv.reads("secret", true))
                        .send(Request.of(parts[0], parts[1])));

        assertThat(failure.kind()).isEqualTo(Kind.NOT_A_READ);
    }

    @ParameterizedTest
    @CsvSource({"0s, 0", "2s, 2", "768h0m0s, 2764800", "3h25m19s, 12319", "1m0.5s, 61", "100ms, 1"})
    void aDurationIsReadAsVaultWritesIt(String text, long seconds) {
        assertThat(GoDuration.seconds(text)).contains(seconds);
    }

    @Test
    void whatIsNoDurationIsNotGuessed() {
        assertThat(GoDuration.seconds("")).isEqualTo(Optional.empty());
        assertThat(GoDuration.seconds("5 minutes")).isEmpty();
        assertThat(GoDuration.seconds("-1s")).isEmpty();
    }
}
