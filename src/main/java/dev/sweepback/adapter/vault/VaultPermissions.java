package dev.sweepback.adapter.vault;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Permissions;
import dev.sweepback.connector.Usage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The least Vault policy of a connection, put together from what each use of it needs. */
final class VaultPermissions implements Permissions {

    private final Connection connection;
    private final Usage usage;
    private final KeyValue store;
    private final Preflight preflight;
    private boolean silent;

    VaultPermissions(Connection connection, Usage usage, KeyValue store, Preflight preflight) {
        this.connection = connection;
        this.usage = usage;
        this.store = store;
        this.preflight = preflight;
    }

    @Override
    public String least() {
        List<String> lines = new ArrayList<>();
        lines.add("# What Sweepback's connection '" + connection.name()
                + "' needs for the jobs and settings as they are.");
        needed().forEach(permission -> {
            lines.add("");
            lines.addAll(permission.hcl());
        });
        lines.addAll(ofTheRole());
        return String.join("\n", lines) + "\n";
    }

    @Override
    public List<Remark> check() {
        List<Remark> remarks = new ArrayList<>();
        // the server as a whole has no health inside a namespace
        if (AuthKeys.namespace(connection).isEmpty()) {
            preflight.version().ifPresent(remarks::add);
        }
        remarks.addAll(preflight.check(needed()));
        return remarks;
    }

    /** Each path once. */
    private List<Permission> needed() {
        Map<String, Permission> byPath = new LinkedHashMap<>();
        for (Permission permission : pieces()) {
            byPath.merge(permission.path(), permission, Permission::and);
        }
        return List.copyOf(byPath.values());
    }

    private List<Permission> pieces() {
        List<Permission> pieces = new ArrayList<>();
        usage.works().forEach(work -> pieces.addAll(KindPermissions.ofWork(connection, work)));
        for (String path : new TreeSet<>(usage.handovers())) {
            pieces.add(keyValue("hand-overs", path, "/*", "create", "update", "read"));
        }
        for (String path : new TreeSet<>(usage.secrets())) {
            pieces.add(keyValue("a secret that the settings or a step refer to", path, "", "read"));
        }
        pieces.addAll(LoginPermissions.of(connection, usage));
        return pieces;
    }

    private Permission keyValue(String purpose, String path, String end, String... capabilities) {
        Optional<String> address = address(path);
        return address.isPresent()
                ? Permission.of(purpose, address.get() + end, capabilities)
                : Permission.of(
                        purpose + "; for a mount of version 1 leave out data/",
                        path.replaceFirst("/", "/data/") + end,
                        capabilities);
    }

    /** A Vault that does not answer once is not asked for each path. */
    private Optional<String> address(String path) {
        if (silent) {
            return Optional.empty();
        }
        try {
            return store.address(path);
        } catch (ConnectorException e) {
            silent = e.kind() != ConnectorException.Kind.REJECTED;
            return Optional.empty();
        }
    }

    /** The token that a lease is issued again under has another Vault policy, by its role. */
    private List<String> ofTheRole() {
        List<String> lines = new ArrayList<>();
        ReissueSettings settings = ReissueSettings.of(connection);
        TreeSet<String> paths = new TreeSet<>();
        for (Usage.Work work : usage.works()) {
            if (work.kind().equals(Lease.KIND)) {
                paths.add(LeasePermissions.prefix(work));
            }
        }
        settings.role().filter(role -> !paths.isEmpty()).ifPresent(role -> {
            lines.add("");
            lines.add("# Not for this token: the token role '" + role + "' must make orphans (orphan=true), and its");
            lines.add("# allowed_policies must hold one that reads, wrapped, what undo issues again:");
            paths.forEach(path -> lines.add(
                    "#   path \"" + path + (Lease.readable(path) ? "" : "/*") + "\" { capabilities = [\"read\"] }"));
        });
        return lines;
    }
}
