package dev.sweepback.cli;

import dev.sweepback.upgrade.Upgrade;
import dev.sweepback.upgrade.UpgradeJson;
import dev.sweepback.upgrade.Upgrades;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

@Command(name = "list", description = "All upgrades, oldest first.")
final class UpgradeListCommand implements Callable<Integer> {

    private final Outside outside;

    @Mixin
    Common common = new Common();

    UpgradeListCommand(Outside outside) {
        this.outside = outside;
    }

    @Override
    public Integer call() {
        Console console = common.console(outside);
        try (Wiring wiring = common.openToRead(common.files(outside, console), outside, console)) {
            List<Upgrade> upgrades = Upgrades.all(wiring.journal());
            Instant now = outside.clock().instant();
            if (console.isTable()) {
                Table table = Table.of("UPGRADE", "STATE", "PACKAGE", "FROM", "TO", "ENVIRONMENT", "WINDOW");
                upgrades.forEach(upgrade -> table.row(
                        upgrade.id(),
                        upgrade.state().word() + (upgrade.isOverdue(now) ? " (overdue)" : ""),
                        upgrade.packageName(),
                        upgrade.from(),
                        upgrade.to(),
                        upgrade.environment(),
                        upgrade.window().start() + "/" + upgrade.window().end()));
                console.lines(table.lines());
            } else {
                ArrayNode array = JsonMapper.shared().createArrayNode();
                upgrades.forEach(
                        upgrade -> array.add(UpgradeJson.toJson(upgrade).put("overdue", upgrade.isOverdue(now))));
                console.data(array);
            }
        }
        return ExitCode.DONE.number();
    }
}
