package dev.sweepback.adapter.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Handover;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.SecretRef;
import dev.sweepback.connector.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The least Vault policy is what the uses of the connection need, and no more. */
class VaultPermissionsTest {

    private static final Map<String, String> REISSUES = Map.of("reissueRole", "sweepback-undo");
    private static final Usage.Work TOKENS = work("token", Scope.WHOLE);

    private final LoginWorld world = new LoginWorld();
    private final Connection appRole =
            world.connection(REISSUES, world.appRole().secrets());

    @AfterEach
    void close() {
        world.close();
    }

    private static Usage.Work work(String kind, Scope scope) {
        return new Usage.Work(
                kind, List.of("revoke"), new Instructions(scope, Handover.LOCAL, Optional.empty(), false));
    }

    private static Usage.Work leases(String prefix) {
        return work("lease", new Scope(Map.of("prefix", prefix)));
    }

    private String least(Connection connection, Usage usage) {
        return new Parts(world.http, world.resolver, world.clock, world.world.home, name -> connection)
                .permissions(connection, usage)
                .least();
    }

    private String least(Connection connection, Usage.Work... works) {
        return least(connection, new Usage(List.of(works), Set.of(), Set.of()));
    }

    @Test
    void thePageShowsWhatDoctorPrints() throws IOException {
        Usage usage = new Usage(
                List.of(leases("database/creds/dten-migrator"), TOKENS),
                Set.of("secret/handover/dten"),
                Set.of("secret/github"));

        String least = least(appRole, usage);

        assertThat(Files.readString(Path.of("docs/systems/vault.md"))).contains("```hcl\n" + least + "```\n");
    }

    @Test
    void eachPathAppearsOnceWithAllThatItsUsesNeed() {
        String least = least(appRole, leases("database/creds/a"), leases("/database/creds/b/"), TOKENS);

        assertThat(least)
                .containsOnlyOnce("path \"sys/leases/revoke\"")
                .contains("\"lease_id\" = [\"database/creds/a/*\", \"database/creds/b/*\"], \"sync\" = []")
                .containsOnlyOnce("path \"auth/token/accessors\"")
                .contains("path \"sys/leases/lookup/database/creds/b/*\" { capabilities = [\"list\", \"sudo\"] }");
    }

    @Test
    void whatIsNeverIssuedAgainNeedsNoTokens() {
        Connection plain = world.connection(Map.of(), world.appRole().secrets());

        String least = least(plain, leases("database/creds/a"));

        assertThat(least)
                .doesNotContain("auth/token/create")
                .doesNotContain("accessor")
                .doesNotContain("orphan=true");
    }

    @Test
    void onlyATokenThatSweepbackRenewsOrMakesNeedsThat() {
        Connection given = world.token("s.x");
        Connection file = world.connection(Map.of(AuthKeys.TOKEN_FILE, "/run/token"), Map.of());

        assertThat(least(appRole, TOKENS)).contains("renew-self").contains("revoke-self");
        assertThat(least(given, TOKENS)).contains("renew-self").doesNotContain("revoke-self");
        assertThat(least(file, TOKENS)).doesNotContain("renew-self").doesNotContain("revoke-self");
    }

    @Test
    void anAppRoleWhoseSecretIdsAreRemovedLooksUpItsOwn() {
        Connection elsewhere = world.connection(
                Map.of(AuthKeys.MOUNT, "team/approle"),
                Map.of(
                        AuthKeys.ROLE_ID, new SecretRef.Environment("ROLE_ID"),
                        AuthKeys.SECRET_ID, new SecretRef.Environment("SECRET_ID")));

        assertThat(least(elsewhere, work("secret-id", new Scope(Map.of("role", "dten")))))
                .contains("path \"auth/approle/role/dten/secret-id-accessor/destroy\" { capabilities = [\"update\"] }")
                .contains("path \"auth/team/approle/role/+/secret-id/lookup\" { capabilities = [\"update\"] }");
        assertThat(least(elsewhere, TOKENS)).doesNotContain("secret-id");
    }

    @Test
    void keysAreDeletedByVersionsAndNothingOfThemIsReadOrDestroyed() {
        assertThat(least(appRole, work("kv", new Scope(Map.of("path", "secret/up")))))
                .contains("path \"secret/delete/up/*\" { capabilities = [\"update\"] }")
                .contains("path \"secret/undelete/up/*\" { capabilities = [\"update\"] }")
                .doesNotContain("secret/data/")
                .doesNotContain("secret/destroy/");
    }

    @Test
    void aKeyValueEntryHasThePathOfItsVersion() {
        Usage usage = new Usage(List.of(), Set.of("kv1/handover"), Set.of("secret/a/b"));

        assertThat(least(appRole, usage))
                .contains("path \"kv1/handover/*\" { capabilities = [\"create\", \"update\", \"read\"] }")
                .contains("path \"secret/data/a/b\" { capabilities = [\"read\"] }");
    }

    @Test
    void aPathIsAskedForAsItIsUsed() {
        assertThat(Permission.of("", "auth/approle/role/+/secret-id/", "list").example())
                .isEqualTo("auth/approle/role/any/secret-id/");
        assertThat(Permission.of("", "auth/token/accessors", "list", "sudo").example())
                .isEqualTo("auth/token/accessors/");
        assertThat(Permission.of("", "sys/leases/lookup/database/creds/a/*", "list", "sudo")
                        .example())
                .isEqualTo("sys/leases/lookup/database/creds/a/");
        assertThat(Permission.of("", "secret/data/a/*", "read").example()).isEqualTo("secret/data/a/any");
        assertThat(Permission.of("", "secret/metadata/a/*", "read", "list").example())
                .isEqualTo("secret/metadata/a/any");
        assertThat(Permission.of("", "sys/leases/revoke", "update").example()).isEqualTo("sys/leases/revoke");
    }

    @Test
    void aBoundThatOneUseDoesNotHaveBindsNone() {
        Permission bound = Permission.of("", "p", "update").allowing("a", List.of("1"));

        assertThat(bound.and(Permission.of("", "p", "update")).parameters()).isEmpty();
    }

    @Test
    void whatIsQuotedStaysOneText() {
        assertThat(Permission.of("x", "a\"b\\c", "read").hcl().get(1))
                .isEqualTo("path \"a\\\"b\\\\c\" { capabilities = [\"read\"] }");
    }
}
