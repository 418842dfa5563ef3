package dev.sweepback.run;

import dev.sweepback.connector.HandedOver;
import dev.sweepback.journal.OperationRecord;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Where a reissued credential lies, in the outcome of its operation and for users. Field names are public contract. */
public final class HandedOverJson {

    static final String KEY = "handedOver";

    private static final String PLACE = "place";
    private static final String UNTIL = "until";

    private HandedOverJson() {}

    static ObjectNode write(HandedOver handedOver) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put(PLACE, handedOver.place());
        handedOver.until().ifPresent(until -> node.put(UNTIL, until.toString()));
        return node;
    }

    /** Of an operation that issued a credential again. */
    public static Optional<HandedOver> of(OperationRecord operation) {
        return operation
                .end()
                .map(entry -> entry.dataNode(KEY))
                .filter(node -> node.has(PLACE))
                .map(HandedOverJson::read);
    }

    private static HandedOver read(JsonNode node) {
        return new HandedOver(
                node.path(PLACE).asString(),
                Optional.ofNullable(node.get(UNTIL)).map(until -> Instant.parse(until.asString())));
    }
}
