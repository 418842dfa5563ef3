package dev.sweepback.cli;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Permissions;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Usage;
import dev.sweepback.job.Counted;
import dev.sweepback.job.Loaded;
import dev.sweepback.job.Settings;
import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.Verification;
import dev.sweepback.plan.Readers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

@Command(
        name = "doctor",
        description = {
            "Check files, home, key, store, that every connection can be read, what its credential may do, and what checks answer.",
            "Changes nothing in any system, except with --probe."
        })
final class DoctorCommand implements Callable<Integer> {

    private static final Set<PosixFilePermission> OTHERS = PosixFilePermissions.fromString("---rwxrwx");

    /**
     * What the store says.
     *
     * @param findings about the store itself
     * @param proofs about actions of described systems
     * @param mayBeLeft the disposable resources of probes
     */
    private record Recorded(List<Finding> findings, List<Finding> proofs, List<ResourceRef> mayBeLeft) {}

    private final Outside outside;

    @Option(
            names = "--vault-policy",
            paramLabel = "CONNECTION",
            description = {
                "Write only the least Vault policy of this connection,",
                "for example for: vault policy write sweepback -"
            })
    Optional<String> vaultPolicy = Optional.empty();

    @Mixin
    Common common = new Common();

    @Mixin
    Why why = new Why();

    @Mixin
    Consent consent = new Consent("what it would do is in the description's 'probe'");

    @Option(
            names = "--probe",
            paramLabel = "CONNECTION",
            description = {
                "Prove the description of a connection's system: makes a disposable resource there, acts on it, undoes that,",
                "compares, and removes it. Writes to the system, and asks before."
            })
    Optional<String> probe = Optional.empty();

    DoctorCommand(Outside outside) {
        this.outside = outside;
    }

    @Override
    public Integer call() {
        Console console = common.console(outside);
        Loaded files = common.files(outside, console);
        if (probe.isPresent()) {
            return new DoctorProbe(outside, common, consent, why.note(), console).run(files, probe.get());
        }
        Settings settings = files.settings().orElseThrow();
        if (vaultPolicy.isPresent()) {
            return policy(vaultPolicy.get(), files, settings, console);
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(files(files));
        findings.addAll(home(common.home(outside)));
        Recorded recorded = store(files, settings);
        findings.addAll(recorded.findings());
        findings.addAll(SecretFilesCheck.of(files, settings));
        Wiring.asking(common.config(), common.home(outside), settings, outside, (readers, measures) -> {
            findings.addAll(connections(files, settings, readers));
            findings.addAll(CheckFindings.of(files, measures));
            findings.addAll(recorded.proofs());
            return findings.addAll(ProbeLeftovers.of(recorded.mayBeLeft(), readers));
        });
        print(findings, console);
        return (findings.stream().allMatch(Finding::inOrder) ? ExitCode.DONE : ExitCode.FAILURE).number();
    }

    private Finding files(Loaded files) {
        if (files.problems().isEmpty()) {
            return Finding.ok(
                    "files",
                    Counted.text(files.jobs().size(), "job") + ", "
                            + Counted.text(files.policies().size(), "policy"));
        }
        return Finding.problem(
                "files",
                Counted.text(files.problems().size(), "problem") + ", the first: "
                        + files.problems().get(0),
                common.command("validate"));
    }

    /** Whoever may write the home may exchange journal and key. */
    private static List<Finding> home(Path home) {
        List<Finding> findings = new ArrayList<>();
        if (!Files.exists(home)
                || !home.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return findings;
        }
        try {
            String uid = String.valueOf(Files.getAttribute(home, "unix:uid"));
            if (!uid.equals(LocalActor.uid())) {
                findings.add(Finding.warning(
                        "home",
                        home + " belongs to " + Files.getOwner(home).getName() + ", not to who runs this",
                        "use one home with one account: the journal's files are for their owner alone"));
            }
            if (Files.getPosixFilePermissions(home).stream().anyMatch(OTHERS::contains)) {
                findings.add(Finding.warning("home", home + " is open to others", "chmod go-rwx " + home));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the home " + home + " cannot be looked at", e);
        }
        return findings;
    }

    /** Opening it checks the key, its rights and the schema; where there is none yet, none is made. */
    private Recorded store(Loaded files, Settings settings) {
        if (!common.hasStore(files, outside)) {
            Finding none =
                    Finding.ok("store", "none yet for " + common.home(outside) + "; it is made when first needed");
            return recorded(List.of(none), new ProbeRecords(new EmptyJournal(), settings), files, settings);
        }
        try (Wiring wiring = common.open(files, outside)) {
            Finding opens = Finding.ok(
                    "store",
                    "opens in " + wiring.home()
                            + "; keep a copy of its key elsewhere: without it there is audit and no undo");
            List<Finding> findings = List.of(opens, journal(wiring.journal().verify()));
            return recorded(findings, new ProbeRecords(wiring.journal(), settings), files, settings);
        } catch (JournalException | ConnectorException e) {
            Finding problem =
                    Finding.problem("store", String.valueOf(e.getMessage()), "nothing can be done before it opens");
            return new Recorded(List.of(problem), List.of(), List.of());
        }
    }

    private Recorded recorded(List<Finding> findings, ProbeRecords probes, Loaded files, Settings settings) {
        return new Recorded(findings, new ProofCheck(settings, probes, common).of(files), probes.mayBeLeft());
    }

    private Finding journal(Verification verification) {
        return verification.ok()
                ? Finding.ok("journal", Counted.text(verification.entries(), "entry") + " verified")
                : Finding.problem(
                        "journal",
                        verification.problem().orElse("it does not verify"),
                        "stop acting on this home and restore it from a backup; see " + common.command("audit verify"));
    }

    private static List<Finding> connections(Loaded files, Settings settings, Readers readers) {
        Usages usages = Usages.of(files, settings);
        List<Finding> findings = new ArrayList<>();
        for (Connection connection : settings.connections().values()) {
            findings.addAll(ConnectionCheck.of(connection, usages.of(connection), readers));
        }
        return findings;
    }

    /** The text alone, for the system's own tool. */
    private int policy(String name, Loaded files, Settings settings, Console console) {
        String least = Wiring.reading(common.config(), common.home(outside), settings, outside, readers -> {
            Usage usage = Usages.of(files, settings).of(readers.connection(name));
            return readers.permissions(name, usage)
                    .map(Permissions::least)
                    .orElseThrow(() -> Failures.usage(
                            "usage",
                            "connection '" + name + "' has no Vault policy: it is of another type",
                            "--vault-policy " + name,
                            "name a connection of type vault"));
        });
        console.raw(least);
        return ExitCode.DONE.number();
    }

    /** What is wrong comes last, where it is read first. */
    private static void print(List<Finding> findings, Console console) {
        if (!console.isTable()) {
            ArrayNode array = JsonMapper.shared().createArrayNode();
            findings.forEach(finding -> finding.addTo(array));
            console.data(array);
            return;
        }
        for (Finding finding : findings) {
            finding.policy().ifPresent(text -> {
                console.lines(text.lines().toList());
                console.line("");
            });
        }
        Table table = Table.of();
        findings.stream()
                .sorted(Comparator.comparing(Finding::level))
                .forEach(finding -> table.row(finding.word(), finding.subject(), finding.text()));
        console.lines(table.lines());
    }
}
