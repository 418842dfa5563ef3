package dev.sweepback.upgrade.parcel;

import dev.sweepback.connector.ResourceRef;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A verified package as users see it. Field names are public contract. */
public final class PackageJson {

    private PackageJson() {}

    /** @param tracked what was recorded as created for the upgrade */
    public static ObjectNode toJson(CheckedPackage checked, List<ResourceRef> tracked) {
        Manifest manifest = checked.manifest();
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("ok", true);
        node.put("package", manifest.name());
        node.put("version", manifest.version());
        node.put("date", manifest.date().toString());
        node.put("manifestSha256", checked.manifestSha256());
        node.set("signer", signer(checked.signer()));
        node.put("files", manifest.files().size());
        node.put("reboot", manifest.reboot().word());
        manifest.downtime().ifPresent(downtime -> node.put("downtime", downtime.toString()));
        node.set("warnings", warnings(checked));
        ArrayNode resources = node.putArray("tracked");
        tracked.forEach(ref -> resources.add(ref.toString()));
        return node;
    }

    static ArrayNode warnings(CheckedPackage checked) {
        ArrayNode warnings = JsonMapper.shared().createArrayNode();
        checked.warnings().forEach(warning -> {
            ObjectNode added = warnings.addObject().put("code", warning.code()).put("what", warning.what());
            ArrayNode evidence = added.putArray("evidence");
            warning.evidence().forEach(evidence::add);
        });
        return warnings;
    }

    private static ObjectNode signer(Signer signer) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("subject", signer.subject());
        node.put("sha256", signer.sha256());
        node.put("validFrom", signer.validFrom().toString());
        node.put("validTo", signer.validTo().toString());
        signer.signedAt().ifPresent(at -> node.put("signedAt", at.toString()));
        return node;
    }
}
