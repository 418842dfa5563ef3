package dev.sweepback.upgrade;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An upgrade as users see it. Field names are public contract. */
public final class UpgradeJson {

    private UpgradeJson() {}

    public static ObjectNode toJson(Upgrade upgrade) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("upgradeId", upgrade.id().value());
        node.put("package", upgrade.packageName());
        node.put("from", upgrade.from());
        node.put("to", upgrade.to());
        node.put("environment", upgrade.environment());
        node.put("state", upgrade.state().word());
        node.putObject("window")
                .put("start", upgrade.window().start().toString())
                .put("end", upgrade.window().end().toString())
                .put("buffer", upgrade.window().buffer().toString());
        node.put("startedAt", text(upgrade.startedAt()));
        node.put("completedAt", text(upgrade.completedAt()));
        ArrayNode stated = node.putArray("stated");
        upgrade.stated().forEach(one -> stated.add(one.time().field()));
        node.put("reboot", upgrade.reboot().word());
        node.put("rebootedAt", text(upgrade.rebootedAt()));
        upgrade.verified()
                .ifPresentOrElse(
                        checked -> verified(node.putObject("verified"), checked), () -> node.putNull("verified"));
        return node;
    }

    /** With what was tracked for it. */
    public static ObjectNode whole(Upgrade upgrade) {
        ObjectNode node = toJson(upgrade);
        ArrayNode tracked = node.putArray("tracked");
        upgrade.tracked().stream().map(Object::toString).sorted().forEach(tracked::add);
        return node;
    }

    private static void verified(ObjectNode node, VerifiedPackage checked) {
        node.put("at", checked.at().toString());
        node.put("package", checked.name());
        node.put("version", checked.version());
        node.put("date", checked.date().toString());
        node.put("reboot", checked.reboot().word());
        node.put("manifestSha256", checked.manifestSha256());
        node.putObject("signer").put("subject", checked.signer()).put("sha256", checked.signerSha256());
    }

    @SuppressWarnings("NullAway") // a time that has not come is null in JSON
    private static String text(Optional<Instant> time) {
        return time.map(Instant::toString).orElse(null);
    }
}
