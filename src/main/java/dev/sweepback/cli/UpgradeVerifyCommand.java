package dev.sweepback.cli;

import dev.sweepback.connector.ResourceRef;
import dev.sweepback.job.Durations;
import dev.sweepback.plan.Readers;
import dev.sweepback.plan.UnknownConnection;
import dev.sweepback.upgrade.Upgrade;
import dev.sweepback.upgrade.parcel.CheckedPackage;
import dev.sweepback.upgrade.parcel.PackageJson;
import dev.sweepback.upgrade.parcel.PackageRefused;
import dev.sweepback.upgrade.parcel.Verification;
import dev.sweepback.upgrade.parcel.VerifiedRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "verify",
        description = {
            "Verify that a package is what its vendor signed; nothing of it is extracted.",
            "With --upgrade it is recorded for that upgrade, and what it creates is tracked."
        })
final class UpgradeVerifyCommand implements Callable<Integer> {

    private final Outside outside;

    @Mixin
    Common common = new Common();

    @Mixin
    Why why = new Why();

    @Parameters(paramLabel = "PACKAGE.zip", description = "The package.")
    Path file = Path.of("");

    @Option(
            names = "--trust",
            required = true,
            paramLabel = "FILE",
            description = "The root certificates (PEM) of vendors and timestamp authorities that are believed.")
    Path trust = Path.of("");

    @Option(
            names = "--chain",
            paramLabel = "FILE",
            description = "More certificates (PEM) that may stand between signer and root; not trusted by themselves.")
    Optional<Path> chain = Optional.empty();

    @Option(
            names = "--upgrade",
            paramLabel = "ID",
            description = "Record it for this upgrade. Default: record nothing.")
    Optional<String> upgrade = Optional.empty();

    UpgradeVerifyCommand(Outside outside) {
        this.outside = outside;
    }

    @Override
    public Integer call() {
        Console console = common.console(outside);
        if (!Files.isRegularFile(file)) {
            throw Failures.usage(
                    "usage",
                    Files.exists(file) ? "the package is no file" : "there is no such package",
                    file.toString(),
                    "name the zip file of the package");
        }
        Verification verification =
                new Verification(TrustFiles.read(trust, chain), new ProjectSpelling(), outside.clock());
        try {
            if (upgrade.isPresent()) {
                record(verification, upgrade.get(), console);
            } else {
                print(verification.check(file), List.of(), console);
            }
        } catch (PackageRefused e) {
            throw new Failure(
                    ExitCode.FAILURE,
                    e.fault().code(),
                    "the package is refused: " + e.getMessage(),
                    file.toString(),
                    e.remedy());
        }
        return ExitCode.DONE.number();
    }

    private void record(Verification verification, String id, Console console) {
        try (Wiring wiring = common.open(common.files(outside, console), outside)) {
            Upgrade known = Jobs.upgrade(wiring.journal(), id);
            CheckedPackage checked = verification.check(file).in(known.window());
            VerifiedRecord.requireSame(checked, known);
            List<ResourceRef> temporary = checked.manifest().temporary();
            requireConnections(temporary, wiring);
            VerifiedRecord.append(wiring.journal(), known.id(), checked, why.note());
            print(checked, temporary, console);
        }
    }

    private void requireConnections(List<ResourceRef> temporary, Wiring wiring) {
        try (Readers readers = wiring.readers()) {
            temporary.forEach(ref -> readers.connector(ref.connection(), ref.kind()));
        } catch (UnknownConnection e) {
            throw new Failure(
                    ExitCode.FAILURE,
                    "unknown-connection",
                    "the package is verified, but what it creates cannot be tracked, so that nothing was recorded: "
                            + e.getMessage(),
                    file.toString(),
                    e.remedy());
        }
    }

    private static void print(CheckedPackage checked, List<ResourceRef> tracked, Console console) {
        checked.warnings()
                .forEach(warning -> console.say("warning: " + warning.what()
                        + (warning.evidence().isEmpty() ? "" : " (" + String.join("; ", warning.evidence()) + ")")));
        if (!console.isTable()) {
            console.data(PackageJson.toJson(checked, tracked));
            return;
        }
        Table table = new Table("");
        table.row(
                "package", checked.manifest().name() + " " + checked.manifest().version());
        table.row("date", checked.manifest().date());
        table.row("files", checked.manifest().files().size());
        table.row("manifest", "sha256 " + checked.manifestSha256());
        table.row("signer", checked.signer().subject());
        table.row("", "sha256 " + checked.signer().sha256());
        checked.signer().signedAt().ifPresent(at -> table.row("signed", at + ", by its timestamp"));
        table.row("reboot", checked.manifest().reboot().word());
        checked.manifest().downtime().ifPresent(downtime -> table.row("downtime", Durations.print(downtime)));
        tracked.forEach(ref -> table.row("tracked", ref));
        console.lines(table.lines());
        console.say("verified" + (checked.warnings().isEmpty() ? "" : ", with warnings"));
    }
}
