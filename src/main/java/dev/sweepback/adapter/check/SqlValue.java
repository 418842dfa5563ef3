package dev.sweepback.adapter.check;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The value of the first column, as number, truth or text; whatever is none of the first two is a text. */
final class SqlValue {

    private SqlValue() {}

    /** Empty for NULL, and for a number that is none. */
    static Optional<JsonNode> of(ResultSet row) throws SQLException {
        String text = row.getString(1);
        if (text == null) {
            return Optional.empty();
        }
        return switch (row.getMetaData().getColumnType(1)) {
            case Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.NUMERIC, Types.DECIMAL, Types.REAL, Types.DOUBLE ->
                Numbers.parse(text);
            case Types.BIT, Types.BOOLEAN ->
                Optional.of(
                        text.equals("t") || text.equals("f")
                                ? JsonNodeFactory.instance.booleanNode(text.equals("t"))
                                : JsonNodeFactory.instance.stringNode(text));
            default -> Optional.of(JsonNodeFactory.instance.stringNode(text));
        };
    }
}
