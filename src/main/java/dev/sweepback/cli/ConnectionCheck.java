package dev.sweepback.cli;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Descriptor;
import dev.sweepback.connector.Permissions;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.Usage;
import dev.sweepback.plan.Readers;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a connection can be read as the jobs read it, and whether its credential may do what they do. */
final class ConnectionCheck {

    /** What a job reads of a connection. */
    private record Reading(String kind, Scope scope) {
        @Override
        public String toString() {
            return kind + (scope.keys().isEmpty() ? "" : " " + scope);
        }
    }

    /** Why something could not be read. */
    private record Cause(String what, String remedy) {}

    /** What keeps one kind from being read so keeps all. */
    private static final Set<ConnectorException.Kind> OF_THE_CONNECTION = EnumSet.of(
            ConnectorException.Kind.UNREACHABLE,
            ConnectorException.Kind.UNAUTHENTICATED,
            ConnectorException.Kind.SECRET);

    private final Connection connection;
    private final Usage usage;
    private final Readers readers;
    private final List<Finding> findings = new ArrayList<>();

    private ConnectionCheck(Connection connection, Usage usage, Readers readers) {
        this.connection = connection;
        this.usage = usage;
        this.readers = readers;
    }

    static List<Finding> of(Connection connection, Usage usage, Readers readers) {
        return new ConnectionCheck(connection, usage, readers).check();
    }

    private List<Finding> check() {
        if (usage.works().isEmpty()) {
            findings.add(Finding.ok(subject(), "not read: no job uses it"));
        }
        Set<Reading> readings = new LinkedHashSet<>();
        usage.works()
                .forEach(work -> readings.add(
                        new Reading(work.kind(), work.instructions().scope())));
        read(List.copyOf(readings));
        if (!usage.isNone()) {
            readers.permissions(connection.name(), usage).ifPresentOrElse(this::permissions, this::manual);
        }
        return findings;
    }

    private String subject() {
        return "connection " + connection.name();
    }

    /** Each cause is told once, with all that it keeps from being read. */
    private void read(List<Reading> readings) {
        Map<Cause, List<Reading>> unread = new LinkedHashMap<>();
        for (int index = 0; index < readings.size(); index++) {
            Reading reading = readings.get(index);
            try {
                int size = readers.of(connection.name(), reading.kind())
                        .find(reading.scope())
                        .size();
                findings.add(Finding.ok(subject(), "reads " + size + " of " + reading));
            } catch (ConnectorException e) {
                List<Reading> same = unread.computeIfAbsent(
                        new Cause(String.valueOf(e.getMessage()), e.remedy()), cause -> new ArrayList<>());
                if (OF_THE_CONNECTION.contains(e.kind())) {
                    same.addAll(readings.subList(index, readings.size()));
                    break;
                }
                same.add(reading);
            }
        }
        unread.forEach((cause, all) -> findings.add(Finding.problem(
                subject(),
                all.stream().map(Reading::toString).collect(Collectors.joining(", ")) + ": " + cause.what(),
                cause.remedy())));
    }

    private void permissions(Permissions permissions) {
        boolean readable = findings.stream().allMatch(Finding::inOrder);
        try {
            permissions.check().forEach(remark -> findings.add(finding(remark)));
        } catch (ConnectorException e) {
            // what keeps it from being read has been said
            if (readable) {
                findings.add(Finding.problem(subject(), "what its credential may do: " + e.getMessage(), e.remedy()));
            }
        }
        findings.add(new Finding(
                Finding.Level.OK,
                subject(),
                "the least that it must be allowed: see `sweepback doctor --vault-policy " + connection.name() + "`",
                "",
                Optional.of(permissions.least())));
    }

    private Finding finding(Permissions.Remark remark) {
        return switch (remark.level()) {
            case IN_ORDER -> Finding.ok(subject(), remark.what());
            case WARNING -> Finding.warning(subject(), remark.what(), remark.remedy());
            case PROBLEM -> Finding.problem(subject(), remark.what(), remark.remedy());
        };
    }

    /** In words, as the reference has it. */
    private void manual() {
        usage.works().stream()
                .map(Usage.Work::kind)
                .distinct()
                .map(kind -> readers.connector(connection.name(), kind).descriptor())
                .filter(descriptor -> !descriptor.manual().permissions().isEmpty())
                .forEach(descriptor -> findings.add(Finding.ok(subject(), needs(descriptor))));
    }

    private static String needs(Descriptor descriptor) {
        return descriptor.kind() + " needs: "
                + String.join(" ", descriptor.manual().permissions());
    }
}
