package dev.sweepback.adapter.vault;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Usage;
import java.util.List;
import java.util.stream.Stream;

/** What kind {@code lease} needs: nothing outside the step's prefix can be listed or revoked with it. */
final class LeasePermissions {

    private LeasePermissions() {}

    static List<Permission> of(Connection connection, Usage.Work work) {
        String prefix = prefix(work);
        return Stream.concat(
                        Stream.of(
                                Permission.of(
                                        "tells a mount without leases from none; nothing can be read with it",
                                        prefix + "/*",
                                        "list"),
                                Permission.of(
                                        "leases: list, which needs sudo",
                                        "sys/leases/lookup/" + prefix + "/*",
                                        "list",
                                        "sudo"),
                                Permission.of("leases: look up", "sys/leases/lookup", "update"),
                                Permission.of(
                                                "leases: revoke one at a time, and none outside",
                                                "sys/leases/revoke",
                                                "update")
                                        .allowing("lease_id", List.of(prefix + "/*"))
                                        .allowing("sync", List.of())),
                        ReissuePermissions.of(connection).stream())
                .toList();
    }

    static String prefix(Usage.Work work) {
        return LeaseReader.prefix(work.instructions().scope());
    }
}
