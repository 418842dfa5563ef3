package dev.sweepback;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The packages depend on each other as the design says, and on what is outside only where it says so. */
class ArchitectureTest {

    private static final String ROOT = "dev.sweepback.";

    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.sweepback");

    /** What each package may use of the others, besides what those may use. */
    private static final Map<String, List<String>> USES = uses();

    private static Map<String, List<String>> uses() {
        Map<String, List<String>> uses = new LinkedHashMap<>();
        uses.put("connector", List.of());
        uses.put("journal", List.of("connector"));
        uses.put("job", List.of("connector"));
        uses.put("upgrade", List.of("journal"));
        uses.put("plan", List.of("job", "upgrade"));
        uses.put("gate", List.of("plan"));
        uses.put("undo", List.of("plan"));
        uses.put("run", List.of("gate", "undo"));
        uses.put("schedule", List.of("run"));
        uses.put("notify", List.of("journal"));
        uses.put("store", List.of("journal"));
        uses.put("sandbox", List.of());
        uses.put("adapter", List.of("gate", "notify"));
        uses.put("server", List.of("schedule", "notify"));
        uses.put(
                "cli",
                List.of(
                        "connector",
                        "journal",
                        "job",
                        "upgrade",
                        "plan",
                        "gate",
                        "undo",
                        "run",
                        "schedule",
                        "notify",
                        "store",
                        "sandbox",
                        "adapter",
                        "server"));
        return uses;
    }

    private static List<String> allowed(String name) {
        List<String> allowed = new ArrayList<>();
        for (String used : USES.getOrDefault(name, List.of())) {
            allowed.add(used);
            allowed.addAll(allowed(used));
        }
        return allowed;
    }

    @Test
    void everyPackageHasItsPlaceInTheTable() {
        List<String> unknown = CODE.stream()
                .map(type -> type.getPackageName())
                .filter(name -> name.startsWith(ROOT))
                .map(name -> name.substring(ROOT.length()).replaceFirst("\\..*", ""))
                .distinct()
                .filter(name -> !USES.containsKey(name))
                .toList();

        assertThat(unknown).isEmpty();
    }

    @Test
    void packagesUseOnlyWhatTheTableAllows() {
        Architectures.LayeredArchitecture layers =
                Architectures.layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (String name : USES.keySet()) {
            layers = layers.optionalLayer(name).definedBy(ROOT + name + "..");
        }
        for (String name : USES.keySet()) {
            List<String> allowed = allowed(name);
            layers = allowed.isEmpty()
                    ? layers.whereLayer(name).mayNotAccessAnyLayer()
                    : layers.whereLayer(name).mayOnlyAccessLayers(allowed.toArray(String[]::new));
        }

        layers.check(CODE);
    }

    @Test
    void thereAreNoCycles() {
        slices().matching("dev.sweepback.(*)..").should().beFreeOfCycles().check(CODE);
    }

    @Test
    void httpClientsAreUsedInAdaptersOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.sweepback.adapter..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.hc..", "java.net.http..", "io.github.jopenlibs..")
                .check(CODE);
    }

    @Test
    void databasesAreUsedInStoreAndAdaptersOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.sweepback.store..", "dev.sweepback.adapter..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..")
                .check(CODE);
    }

    @Test
    void quartzIsUsedInScheduleOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.sweepback.schedule..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.quartz..")
                .check(CODE);
    }

    @Test
    void signaturesOfPackagesAreReadInOnePlaceOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.sweepback.upgrade.parcel..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bouncycastle..")
                .check(CODE);
    }

    @Test
    void upgradesKnowNothingOfPackageFiles() {
        noClasses()
                .that()
                .resideInAPackage("dev.sweepback.upgrade")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.sweepback.upgrade.parcel..")
                .check(CODE);
    }

    @Test
    void twinsAreServedInTheSandboxOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.sweepback.sandbox..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.github.tomakehurst.wiremock..", "wiremock..")
                .check(CODE);
    }

    @Test
    void onlyTheCommandLinePutsAdaptersStoreAndSandboxToUse() {
        for (String name : List.of("adapter", "store", "sandbox")) {
            classes()
                    .that(resideInAPackage(ROOT + name + ".."))
                    .should()
                    .onlyHaveDependentClassesThat(resideInAnyPackage(ROOT + name + "..", ROOT + "cli.."))
                    .check(CODE);
        }
    }

    @Test
    void timeComesFromAClockThatIsPassedIn() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ROOT + "cli.StoryClock")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + "cli.Outside")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .check(CODE);
    }

    @Test
    void planningHoldsNothingThatCanWrite() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "plan..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(ROOT + "connector.Writer")
                .check(CODE);
    }

    @Test
    void namesSayWhatThingsAre() {
        noClasses()
                .should()
                .haveNameMatching(".*(Manager|Helper|Helpers|Util|Utils|Impl)")
                .check(CODE);
    }
}
