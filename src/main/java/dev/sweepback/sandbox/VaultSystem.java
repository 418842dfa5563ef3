package dev.sweepback.sandbox;

import java.time.Clock;
import tools.jackson.databind.node.ObjectNode;

/** The state of the server itself: initialised, sealed, active. */
final class VaultSystem {

    enum Mode {
        ACTIVE,
        STANDBY,
        SEALED,
        UNINITIALISED,
        NO_ACTIVE_NODE
    }

    private static final String VERSION = "1.8.0-dev";

    private final Clock clock;
    private Mode mode = Mode.ACTIVE;

    VaultSystem(Clock clock) {
        this.clock = clock;
    }

    void become(Mode newMode) {
        mode = newMode;
    }

    TwinResponse health() {
        boolean active = mode == Mode.ACTIVE;
        boolean initialised = mode != Mode.UNINITIALISED;
        ObjectNode body = Json.object().put("initialized", initialised).put("sealed", sealed());
        body.put("standby", !active).put("performance_standby", false);
        body.put("replication_performance_mode", active ? "disabled" : "unknown");
        body.put("replication_dr_mode", active ? "disabled" : "unknown");
        body.put("server_time_utc", clock.instant().getEpochSecond()).put("version", VERSION);
        if (!sealed()) {
            body.put("cluster_name", "vault-cluster-701a1fe7");
            body.put("cluster_id", "004ef782-2596-2398-9f32-43047347690a");
        }
        int status = switch (mode) {
            case ACTIVE -> 200;
            case STANDBY, NO_ACTIVE_NODE -> 429;
            case UNINITIALISED -> 501;
            case SEALED -> 503;
        };
        return VaultAnswers.plain(status, body);
    }

    TwinResponse sealStatus() {
        ObjectNode body = Json.object().put("type", "shamir").put("initialized", mode != Mode.UNINITIALISED);
        body.put("sealed", sealed()).put("t", 1).put("n", 1).put("progress", 0).put("nonce", "");
        body.put("version", VERSION).put("migration", false).put("recovery_seal", false);
        return VaultAnswers.plain(200, body.put("storage_type", "inmem"));
    }

    /** Which engine answers for a path, after the vendor's description; asked before a path is read or written. */
    TwinResponse mount(Call call) {
        String mount = Routes.segments(call.at("path")).stream().findFirst().orElse("");
        String type = switch (mount) {
            case "secret", "kv1" -> "kv";
            case "database" -> "database";
            default ->
                throw VaultAnswers.listed(
                        403,
                        "preflight capability check returned 403, please ensure client's policies grant access to path \""
                                + call.at("path") + "/\"");
        };
        ObjectNode data = Json.object();
        data.put("accessor", type + "_" + Json.fingerprint(mount).substring(0, 8));
        data.put("description", "").put("local", false).put("path", mount + "/");
        data.put("seal_wrap", false).put("type", type);
        ObjectNode options = Json.object();
        if (type.equals("kv")) {
            options.put("version", mount.equals("secret") ? "2" : "1");
        }
        data.set("options", options);
        return VaultAnswers.data(data);
    }

    /** A standby forwards to the active node, so only what has none refuses. */
    void requireServing() {
        switch (mode) {
            case SEALED -> throw VaultAnswers.error(503, "error performing token check: Vault is sealed");
            case UNINITIALISED -> throw VaultAnswers.error(503, "Vault is sealed");
            case NO_ACTIVE_NODE ->
                throw VaultAnswers.error(500, "local node not active but active cluster node not found");
            case ACTIVE, STANDBY -> {}
        }
    }

    private boolean sealed() {
        return mode == Mode.SEALED || mode == Mode.UNINITIALISED;
    }
}
