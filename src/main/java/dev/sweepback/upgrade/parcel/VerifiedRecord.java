package dev.sweepback.upgrade.parcel;

import dev.sweepback.journal.Draft;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.Note;
import dev.sweepback.journal.UpgradeId;
import dev.sweepback.upgrade.Upgrade;
import dev.sweepback.upgrade.Upgrades;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Records that a package was verified for an upgrade, and what it creates for it, in one commit. */
public final class VerifiedRecord {

    private VerifiedRecord() {}

    /** @throws PackageRefused if it is not the package of that upgrade, or not that version */
    public static void requireSame(CheckedPackage checked, Upgrade upgrade) {
        Manifest manifest = checked.manifest();
        if (!manifest.name().equals(upgrade.packageName())
                || !manifest.version().equals(upgrade.to())) {
            throw new PackageRefused(
                    Fault.OTHER_UPGRADE,
                    "the package is " + Shown.quoted(manifest.name() + " " + manifest.version()) + ", upgrade '"
                            + upgrade.id() + "' is to " + Shown.quoted(upgrade.packageName() + " " + upgrade.to()),
                    "give the package of this upgrade, or the upgrade of this package: sweepback upgrade list");
        }
    }

    /**
     * @throws PackageRefused as {@link #requireSame}
     * @throws dev.sweepback.upgrade.UpgradeRefused if there is no such upgrade
     */
    public static void append(Journal journal, UpgradeId id, CheckedPackage checked, Note note) {
        journal.decide(reader -> {
            requireSame(checked, Upgrades.get(reader, id));
            List<Draft> drafts = new ArrayList<>(List.of(verified(id, checked, note)));
            if (!checked.manifest().temporary().isEmpty()) {
                drafts.add(Upgrades.tracked(id, checked.manifest().temporary(), note));
            }
            return drafts;
        });
    }

    private static Draft verified(UpgradeId id, CheckedPackage checked, Note note) {
        Manifest manifest = checked.manifest();
        ObjectNode signer = JsonMapper.shared()
                .createObjectNode()
                .put("subject", checked.signer().subject())
                .put("sha256", checked.signer().sha256());
        checked.signer().signedAt().ifPresent(at -> signer.put("signedAt", at.toString()));
        Draft draft = note.on(Draft.of(EntryType.UPGRADE_VERIFIED, note.actor())
                .upgrade(id)
                .data("package", manifest.name())
                .data("version", manifest.version())
                .data("date", manifest.date().toString())
                .data("manifestSha256", checked.manifestSha256())
                .data("signer", signer)
                .data("warnings", PackageJson.warnings(checked))
                .data("reboot", manifest.reboot().word()));
        return manifest.downtime()
                .map(downtime -> draft.data("downtime", downtime.toString()))
                .orElse(draft);
    }
}
