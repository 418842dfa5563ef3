package dev.sweepback.job;

import dev.cel.common.types.CelType;
import dev.cel.common.types.StructType;
import dev.cel.common.values.StructValue;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** A value that a condition selects fields of. What is missing is an error, not a default. */
@SuppressWarnings("Immutable") // the map is a private copy that nobody changes
final class ConditionStruct extends StructValue<String, ConditionStruct> {

    private final String variable;
    private final StructType type;
    private final Map<String, Object> values;

    ConditionStruct(String variable, StructType type, Map<String, Object> values) {
        this.variable = variable;
        this.type = type;
        this.values = values;
    }

    @Override
    public ConditionStruct value() {
        return this;
    }

    @Override
    public boolean isZeroValue() {
        return false;
    }

    @Override
    public CelType celType() {
        return type;
    }

    @Override
    public Object select(String field) {
        Object value = values.get(field);
        if (value == null) {
            String path = variable + "." + field;
            throw new NoSuchElementException(path + " has no value here: ask has(" + path + ") first");
        }
        return value;
    }

    @Override
    public Optional<Object> find(String field) {
        return Optional.ofNullable(values.get(field));
    }
}
