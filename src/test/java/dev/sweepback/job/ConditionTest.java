package dev.sweepback.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sweepback.connector.Fields;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Use;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {

    private static final Instant STARTED = Instant.parse("2026-05-01T10:00:00Z");
    private static final Instant COMPLETED = Instant.parse("2026-05-01T11:00:00Z");
    private static final Instant NOW = Instant.parse("2026-05-03T10:00:00Z");
    private static final String IN_THE_UPGRADE =
            "resource.issuedAt >= upgrade.startedAt && resource.issuedAt <= upgrade.completedAt";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resource.type == 'release' && resource.tags.exists(t, t == 'upgrade:' + upgrade.id)",
                "resource.name == 'dark-mode' && resource.id == 'f1'",
                "upgrade.package == 'app' && upgrade.from == '1.0' && upgrade.to == '2.0'",
                "upgrade.environment == 'production'",
                "resource.createdAt < upgrade.window.end + upgrade.window.buffer",
                "now - resource.createdAt > duration('24h')",
                "!has(resource.lastSeenAt) && has(upgrade.completedAt)",
                "!resource.stale"
            })
    void seesResourceUpgradeAndNow(String text) {
        assertThat(test(text, TestCatalog.FLAG, flag(Map.of()))).isEqualTo(new Match.Yes());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resource.meta['upgrade'] == upgrade.id",
                "resource.policies.size() == 1",
                "resource.orphan == false"
            })
    void seesMapsAndLists(String text) {
        Resource token = resource(
                "token", Map.of("meta", Map.of("upgrade", "u1"), "policies", List.of("default"), "orphan", false));

        assertThat(test(text, TestCatalog.TOKEN, token)).isEqualTo(new Match.Yes());
    }

    @Test
    void numbersCompareWithWholeAndBrokenNumbers() {
        Resource lease = resource("lease", Map.of("renewals", 3L));

        assertThat(test("resource.renewals > 2 && resource.renewals < 3.5", TestCatalog.LEASE, lease))
                .isEqualTo(new Match.Yes());
    }

    @Test
    void trackedTellsWhetherAPipelineSaidSo() {
        Condition condition = Condition.compile("resource.tracked", TestCatalog.FLAG);

        assertThat(condition.test(flag(Map.of()), upgrade(60), true, NOW)).isEqualTo(new Match.Yes());
        assertThat(condition.test(flag(Map.of()), upgrade(60), false, NOW)).isEqualTo(new Match.No());
    }

    @Test
    void aMissingFieldIsUnclearAndNeverNo() {
        Match match = test("resource.lastSeenAt < now", TestCatalog.FLAG, flag(Map.of()));

        assertThat(match)
                .isEqualTo(
                        new Match.Unclear("resource.lastSeenAt has no value here: ask has(resource.lastSeenAt) first"));
    }

    @Test
    void aMissingFieldThatIsAskedForIsNo() {
        String text = "has(resource.lastSeenAt) && resource.lastSeenAt < now";

        assertThat(test(text, TestCatalog.FLAG, flag(Map.of()))).isEqualTo(new Match.No());
        assertThat(test(text, TestCatalog.FLAG, flag(Map.of("lastSeenAt", STARTED))))
                .isEqualTo(new Match.Yes());
    }

    @Test
    void anUpgradeThatIsNotCompleteMakesItsEndUnclear() {
        UpgradeFacts running = new UpgradeFacts(
                "u1",
                "app",
                "1.0",
                "2.0",
                "production",
                Optional.of(STARTED),
                Optional.empty(),
                STARTED,
                COMPLETED,
                Duration.ZERO,
                Optional.empty(),
                Duration.ofSeconds(60));

        Match match = Condition.compile(IN_THE_UPGRADE, TestCatalog.LEASE)
                .test(lease(STARTED.plusSeconds(600)), running, false, NOW);

        assertThat(match).isInstanceOf(Match.Unclear.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resource.meta['nothing'] == 'x'",
                "resource.policies[7] == 'x'",
                "1 / (resource.policies.size() - 1) == 1",
                "resource.displayName.matches('(')",
                "timestamp(resource.displayName) < now"
            })
    void anErrorIsUnclearAndNeverNo(String text) {
        Resource token =
                resource("token", Map.of("meta", Map.of(), "policies", List.of("default"), "displayName", "token-ci"));

        assertThat(test(text, TestCatalog.TOKEN, token))
                .isInstanceOfSatisfying(
                        Match.Unclear.class,
                        unclear -> assertThat(unclear.reason()).isNotBlank().doesNotContain("\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-05-01T09:59:59Z, No",
        "2026-05-01T10:00:59Z, No",
        "2026-05-01T10:01:00Z, Yes",
        "2026-05-01T10:59:00Z, Yes",
        "2026-05-01T10:59:01Z, No",
        "2026-05-01T11:00:00Z, No"
    })
    void aTimeNearAnEndOfTheUpgradeIsKept(Instant issued, String expected) {
        Match match = Condition.compile(IN_THE_UPGRADE, TestCatalog.LEASE).test(lease(issued), upgrade(60), false, NOW);

        assertThat(match.getClass().getSimpleName()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-05-01T09:58:59Z, Yes",
        "2026-05-01T09:59:30Z, No",
        "2026-05-01T10:30:00Z, No",
        "2026-05-01T11:00:30Z, No",
        "2026-05-01T11:01:01Z, Yes"
    })
    void aNegatedTimeIsWidenedTowardsKeepingToo(Instant issued, String expected) {
        Match match = Condition.compile("!(" + IN_THE_UPGRADE + ")", TestCatalog.LEASE)
                .test(lease(issued), upgrade(60), false, NOW);

        assertThat(match.getClass().getSimpleName()).isEqualTo(expected);
    }

    @Test
    void aGapNarrowerThanTheSkewIsNotSteppedOver() {
        String text = "resource.issuedAt < timestamp('2026-05-01T10:30:00Z')"
                + " || resource.issuedAt > timestamp('2026-05-01T10:30:01Z')";
        Instant besideTheGap = Instant.parse("2026-05-01T10:30:20Z");

        Match match = Condition.compile(text, TestCatalog.LEASE).test(lease(besideTheGap), upgrade(60), false, NOW);

        assertThat(match).isEqualTo(new Match.No());
    }

    @Test
    void anExactMomentIsNeverCertain() {
        Match match = Condition.compile("resource.issuedAt != upgrade.startedAt", TestCatalog.LEASE)
                .test(lease(STARTED.plusSeconds(7)), upgrade(60), false, NOW);

        assertThat(match).isEqualTo(new Match.No());
    }

    @Test
    void timesOfOneSystemAreComparedAsTheyAre() {
        Resource lease = resource("lease", Map.of("issuedAt", STARTED, "expiresAt", STARTED.plusSeconds(1)));

        assertThat(test("resource.issuedAt < resource.expiresAt", TestCatalog.LEASE, lease))
                .isEqualTo(new Match.Yes());
    }

    @Test
    void withoutSkewAnEndOfTheUpgradeIsInIt() {
        Condition condition = Condition.compile(IN_THE_UPGRADE, TestCatalog.LEASE);

        assertThat(condition.test(lease(STARTED), upgrade(0), false, NOW)).isEqualTo(new Match.Yes());
        assertThat(condition.test(lease(COMPLETED), upgrade(0), false, NOW)).isEqualTo(new Match.Yes());
    }

    @Test
    void theManifestOfTheVerifiedPackageCanBeAskedFor() {
        Condition condition = Condition.compile(
                "has(upgrade.manifest) && upgrade.manifest.version == '2.0' && upgrade.manifest.reboot == 'required'"
                        + " && upgrade.manifest.name == upgrade.package && upgrade.manifest.date < now",
                TestCatalog.LEASE);
        ManifestFacts manifest = new ManifestFacts("app", "2.0", STARTED, "required");

        assertThat(condition.test(lease(COMPLETED), upgrade(0, Optional.of(manifest)), false, NOW))
                .isEqualTo(new Match.Yes());
        assertThat(condition.test(lease(COMPLETED), upgrade(0), false, NOW)).isEqualTo(new Match.No());
    }

    @Test
    void aManifestThatIsNotThereMakesItUnclearUnlessAskedForBefore() {
        Condition condition = Condition.compile("upgrade.manifest.version == '2.0'", TestCatalog.LEASE);

        assertThat(condition.test(lease(COMPLETED), upgrade(0), false, NOW))
                .isEqualTo(new Match.Unclear("upgrade.manifest has no value here: ask has(upgrade.manifest) first"));
    }

    @Test
    void anUnknownFieldOfTheManifestIsAProblemOfTheFile() {
        assertThatThrownBy(() -> Condition.compile("upgrade.manifest.versio == '2.0'", TestCatalog.LEASE))
                .isInstanceOfSatisfying(
                        ConditionException.class,
                        error -> assertThat(error.hint()).isEqualTo("did you mean 'version'?"));
    }

    @Test
    void aTimeNearTheManifestsDateIsJudgedUnderTheSkew() {
        Condition condition = Condition.compile(
                "resource.issuedAt < upgrade.manifest.date || resource.issuedAt > upgrade.manifest.date",
                TestCatalog.LEASE);
        ManifestFacts manifest = new ManifestFacts("app", "2.0", STARTED, "none");

        assertThat(condition.test(lease(STARTED.plusSeconds(30)), upgrade(60, Optional.of(manifest)), false, NOW))
                .isEqualTo(new Match.No());
    }

    @Test
    void oneConditionTakesAHundredThousandResources() {
        Condition condition = Condition.compile(IN_THE_UPGRADE, TestCatalog.LEASE);
        UpgradeFacts upgrade = upgrade(60);

        long selected = 0;
        for (int index = 0; index < 100_000; index++) {
            if (condition.test(lease(STARTED.plusSeconds(index)), upgrade, false, NOW) instanceof Match.Yes) {
                selected++;
            }
        }

        assertThat(selected).isEqualTo(3600 - 120 + 1);
    }

    @Test
    void aConditionThatIsWrongSaysWhere() {
        assertThatThrownBy(() -> Condition.compile("resource.stale &&\n resource.nam == 'x'", TestCatalog.FLAG))
                .isInstanceOfSatisfying(ConditionException.class, error -> {
                    assertThat(error.line()).isEqualTo(2);
                    assertThat(error.column()).isEqualTo(11);
                    assertThat(error.hint()).isEqualTo("did you mean 'name'?");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"resource.stale ? 'a' : 'b'", "now", "resource", "1", "dyn(1)"})
    void whatIsNoBooleanDoesNotSelect(String text) {
        try {
            Condition condition = Condition.compile(text, TestCatalog.FLAG);

            assertThat(condition.test(flag(Map.of()), upgrade(60), false, NOW)).isInstanceOf(Match.Unclear.class);
        } catch (ConditionException refused) {
            assertThat(refused.expected()).isEqualTo("true or false");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'!', true, ''",
        "(, true, )",
        "1 + , 1, ' > 0'",
        "[, 1, ]",
        "true && , true, ''",
        "'true ? ', true, ' : false'"
    })
    void aMonstrousConditionIsRefusedOrAnsweredButNeverBreaksTheReader(String before, String middle, String after) {
        for (int depth : new int[] {100, 1000, 20_000}) {
            String text = before.repeat(depth) + middle + after.repeat(after.equals(" > 0") ? 1 : depth);
            try {
                Match match = Condition.compile(text, TestCatalog.FLAG).test(flag(Map.of()), upgrade(60), false, NOW);

                assertThat(match).isNotNull();
            } catch (ConditionException refused) {
                assertThat(refused.what()).isNotBlank().hasSizeLessThan(300);
            }
        }
    }

    private static Match test(String text, Fields fields, Resource resource) {
        return Condition.compile(text, fields).test(resource, upgrade(60), false, NOW);
    }

    private static Resource flag(Map<String, Object> more) {
        Map<String, Object> values = new HashMap<>(Map.of(
                "name",
                "dark-mode",
                "type",
                "release",
                "tags",
                List.of("team:a", "upgrade:u1"),
                "stale",
                false,
                "createdAt",
                STARTED));
        values.putAll(more);
        return resource("flag", values);
    }

    private static Resource lease(Instant issued) {
        return resource("lease", Map.of("issuedAt", issued));
    }

    private static Resource resource(String kind, Map<String, Object> fields) {
        return new Resource(
                new ResourceRef(kind, "system", "f1"),
                "dark-mode",
                List.of(),
                fields,
                "fingerprint",
                new Use.NotTold(),
                Optional.empty());
    }

    private static UpgradeFacts upgrade(long skew) {
        return upgrade(skew, Optional.empty());
    }

    private static UpgradeFacts upgrade(long skew, Optional<ManifestFacts> manifest) {
        return new UpgradeFacts(
                "u1",
                "app",
                "1.0",
                "2.0",
                "production",
                Optional.of(STARTED),
                Optional.of(COMPLETED),
                STARTED,
                COMPLETED.plusSeconds(3600),
                Duration.ofMinutes(30),
                manifest,
                Duration.ofSeconds(skew));
    }
}
