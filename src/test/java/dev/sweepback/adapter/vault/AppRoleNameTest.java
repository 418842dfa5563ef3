package dev.sweepback.adapter.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.Answer;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.Secret;
import dev.sweepback.connector.SecretRef;
import dev.sweepback.sandbox.Faults;
import dev.sweepback.sandbox.SecretId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Vault keeps the names of AppRoles in small letters: a secret-id is the same one however its role is written. */
class AppRoleNameTest {

    private static final Scope OTHERWISE = new Scope(Map.of("role", "DTEN-Migrator"));

    private final KindsWorld kinds = new KindsWorld();

    @AfterEach
    void close() {
        kinds.close();
    }

    private SecretId add() {
        return kinds.twin.appRoles().addSecretId(KindsWorld.ROLE, Map.of());
    }

    private List<Resource> found(Scope scope) {
        return kinds.find(kinds.secretIds, scope);
    }

    @Test
    void aSecretIdHasOneAddress() {
        add();

        assertThat(found(OTHERWISE))
                .isEqualTo(found(KindsWorld.IDS))
                .singleElement()
                .satisfies(resource -> {
                    assertThat(resource.ref().id()).startsWith("approle/dten-migrator/");
                    assertThat(resource.fields()).containsEntry("role", "dten-migrator");
                });
    }

    @Test
    void anAddressThatIsWrittenOtherwiseLeadsToTheSameSecretId() {
        ResourceRef written = KindsWorld.secretId("DTEN-Migrator", add().accessor());

        assertThat(kinds.capture(kinds.secretIds, written)).isInstanceOf(Capture.Present.class);
    }

    @Test
    void theOwnOneIsUntouchableHoweverTheRoleIsWritten() {
        SecretId own = add();
        kinds.twin
                .faults()
                .next(100, Faults.request("GET", "/v1/auth/token/lookup-self"))
                .answer(200, "application/json", lookedUp());
        kinds.settings.add(kinds.world.connection);
        ResourceRef written = KindsWorld.secretId("DTEN-Migrator", own.accessor());
        Order order = kinds.order(
                kinds.secretIds,
                written,
                new Instructions(OTHERWISE, VaultWorld.kv("secret/handover"), Optional.empty(), false));

        assertThat(found(OTHERWISE).get(0).untouchable()).isPresent();
        assertThat(kinds.apply(kinds.secretIds, order)).isInstanceOf(Answer.Failed.class);
        assertThat(kinds.writes()).isEmpty();
    }

    /** Of a token that an agent made by logging in to the role. */
    private String lookedUp() {
        return VaultWorld.json("{'data':{'accessor':'x','orphan':true,'path':'auth/approle/login','creation_ttl':0,"
                        + "'ttl':0,'renewable':false,'meta':{'role_name':'dten-migrator'}}}")
                .toString();
    }

    /** Recording approle-secret-id-lookup-200; later versions answer 404 where 1.8 answers 204. */
    @Test
    void aValueThatIsNoSecretIdOfTheRoleIsSaidAndWhatAProxyAnswersIsNot() {
        SecretRef value = new SecretRef.Environment("OLD_SECRET_ID");
        kinds.referred.put(value, new Secret("no secret-id"));

        assertThat(objection(value)).contains("no secret-id of role 'dten-migrator'");

        answerNext("application/json", "{\"errors\":[]}");
        assertThat(objection(value)).contains("no secret-id of role 'dten-migrator'");

        answerNext("text/html", "<h1>404</h1>");
        assertThat(objection(value)).contains("404: not found");
    }

    private void answerNext(String type, String body) {
        kinds.twin.faults().next(Faults.request("POST", ".*/secret-id/lookup")).answer(404, type, body);
    }

    private String objection(SecretRef value) {
        try (var reader = kinds.secretIds.reader(kinds.world.connection)) {
            return reader.objection(new Instructions(OTHERWISE, VaultWorld.kv("secret/up"), Optional.of(value), false))
                    .orElse("");
        }
    }
}
