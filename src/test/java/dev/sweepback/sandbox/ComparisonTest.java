package dev.sweepback.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ComparisonTest {

    private final SteppedClock clock = new SteppedClock();
    private final Sandbox sandbox = Sandbox.start(clock);
    private final VaultTwin vault = sandbox.vault();

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void whatTheServerWritesItselfIsLeftOut() {
        sandbox.unleash().addFlag("default", "a", "release", "d", List.of());
        ObjectNode before = sandbox.dump();

        sandbox.unleash().evaluate("a", "web", "production");
        Comparison comparison = Comparison.between(before, sandbox.dump());

        assertThat(comparison.exact()).isEqualTo(comparison.things());
        assertThat(comparison.fields()).isGreaterThan(10);
    }

    @Test
    void aRevivedFlagDiffersInItsEnvironmentsAndItsParent() {
        UnleashTwin unleash = sandbox.unleash();
        unleash.addFlag("default", "parent", "release", "d", List.of());
        unleash.addFlag("default", "child", "release", "d", List.of("upgrade:u"));
        unleash.setEnabled("child", "production", true);
        unleash.setParent("child", "parent");
        ObjectNode before = sandbox.dump();

        unleash.archive("default", "child");
        unleash.revive("child");
        Comparison comparison = Comparison.between(before, sandbox.dump());

        assertThat(comparison.different())
                .containsExactly(new Comparison.Difference(
                        "flag:child", List.of("/dependencies", "/environments/production/enabled")));
    }

    @Test
    void aLeaseOfTheSameRoleTakesThePlaceOfOneThatIsGoneButOnlyOnce() {
        vault.databaseRole("r", Duration.ofDays(1), Duration.ofDays(1));
        vault.databaseRole("other", Duration.ofDays(1), Duration.ofDays(1));
        String first = vault.issueLease("r");
        String second = vault.issueLease("r");
        ObjectNode before = sandbox.dump();

        vault.revokeLease(first);
        vault.revokeLease(second);
        vault.issueLease("r");
        String stranger = vault.issueLease("other");
        Comparison comparison = Comparison.between(before, sandbox.dump());

        assertThat(comparison.reissued()).isEqualTo(1);
        assertThat(comparison.different())
                .hasSize(1)
                .allSatisfy(difference -> assertThat(difference.pointers()).containsExactly(""));
        assertThat(comparison.added()).containsExactly("lease:" + stranger);
    }

    @Test
    void aTokenIsReissuedOnlyWithTheSamePoliciesAndMetadata() {
        ObjectNode description = Json.object().put("no_parent", true).put("ttl", "1h");
        description.putArray("policies").add("p");
        description.putObject("meta").put("upgrade", "u");
        String lost = vault.createToken(description).accessor();
        String gone = vault.createToken(description).accessor();
        ObjectNode before = sandbox.dump();

        vault.revokeToken(lost);
        vault.revokeToken(gone);
        ObjectNode marked = description.deepCopy();
        marked.withObjectProperty("meta").put("sweepback_op", "op-1");
        vault.createToken(marked);
        ObjectNode weaker = description.deepCopy();
        weaker.putArray("policies").add("q");
        vault.createToken(weaker);
        Comparison comparison = Comparison.between(before, sandbox.dump());

        assertThat(comparison.reissued()).isEqualTo(1);
        assertThat(comparison.different()).hasSize(1);
        assertThat(comparison.added()).hasSize(1);
    }

    @Test
    void aLeaseThatEndsEarlyWithItsTokenIsNoReissue() {
        vault.databaseRole("r", Duration.ofDays(1), Duration.ofDays(1));
        String lost = vault.issueLease("r");
        ObjectNode before = sandbox.dump();

        vault.revokeLease(lost);
        String early = leaseUnder("5m");
        Comparison tooShort = Comparison.between(before, sandbox.dump());
        vault.revokeLease(early);
        leaseUnder("25h");
        Comparison longEnough = Comparison.between(before, sandbox.dump());

        assertThat(tooShort.reissued()).isZero();
        assertThat(tooShort.different()).hasSize(1);
        assertThat(longEnough.reissued()).isEqualTo(1);
        assertThat(longEnough.different()).isEmpty();
    }

    @Test
    void aTokenIsReissuedForTheTimeThatWasLeft() {
        String lost = token("10h");
        ObjectNode before = sandbox.dump();

        clock.advance(Duration.ofHours(4));
        vault.revokeToken(lost);
        String tooLong = token("10h");
        Comparison anew = Comparison.between(before, sandbox.dump());
        vault.revokeToken(tooLong);
        token("6h");
        Comparison left = Comparison.between(before, sandbox.dump());

        assertThat(anew.reissued()).isZero();
        assertThat(anew.different()).hasSize(1);
        assertThat(left.reissued()).isEqualTo(1);
        assertThat(left.different()).isEmpty();
    }

    @Test
    void aTokenThatWasAboutToEndIsReissuedForItsWholeLifetime() {
        String lost = token("10h");
        ObjectNode before = sandbox.dump();

        clock.advance(Duration.ofHours(9).plusMinutes(30));
        vault.revokeToken(lost);
        String tooShort = token("30m");
        Comparison left = Comparison.between(before, sandbox.dump());
        vault.revokeToken(tooShort);
        token("10h");
        Comparison anew = Comparison.between(before, sandbox.dump());

        assertThat(left.reissued()).isZero();
        assertThat(anew.reissued()).isEqualTo(1);
        assertThat(anew.different()).isEmpty();
    }

    private String leaseUnder(String ttl) {
        return vault.issueLease("r", token(ttl), clock.instant());
    }

    private String token(String ttl) {
        ObjectNode description = Json.object().put("no_parent", true).put("ttl", ttl);
        description.putArray("policies").add("p");
        return vault.createToken(description).accessor();
    }
}
