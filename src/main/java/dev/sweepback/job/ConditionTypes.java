package dev.sweepback.job;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.sweepback.connector.Fields;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The declared types of what a condition sees. */
final class ConditionTypes implements CelTypeProvider {

    static final StructType WINDOW = struct(
            "Window",
            ImmutableMap.of("start", SimpleType.TIMESTAMP, "end", SimpleType.TIMESTAMP, "buffer", SimpleType.DURATION));

    static final StructType MANIFEST = struct(
            "Manifest",
            ImmutableMap.of(
                    "name", SimpleType.STRING,
                    "version", SimpleType.STRING,
                    "date", SimpleType.TIMESTAMP,
                    "reboot", SimpleType.STRING));

    static final StructType UPGRADE = struct(
            "Upgrade",
            ImmutableMap.<String, CelType>builder()
                    .put("id", SimpleType.STRING)
                    .put("package", SimpleType.STRING)
                    .put("from", SimpleType.STRING)
                    .put("to", SimpleType.STRING)
                    .put("environment", SimpleType.STRING)
                    .put("startedAt", SimpleType.TIMESTAMP)
                    .put("completedAt", SimpleType.TIMESTAMP)
                    .put("window", WINDOW)
                    .put("manifest", MANIFEST)
                    .buildOrThrow());

    private final ImmutableMap<String, CelType> types;
    private final StructType resource;

    ConditionTypes(Fields fields) {
        Map<String, CelType> declared = new LinkedHashMap<>();
        declared.put("id", SimpleType.STRING);
        declared.put("name", SimpleType.STRING);
        for (Fields.Field field : fields.list()) {
            declared.put(field.name(), type(field.type()));
        }
        declared.put("tracked", SimpleType.BOOL);
        resource = struct("Resource", ImmutableMap.copyOf(declared));
        types = ImmutableMap.of(
                resource.name(), resource, UPGRADE.name(), UPGRADE, WINDOW.name(), WINDOW, MANIFEST.name(), MANIFEST);
    }

    StructType resource() {
        return resource;
    }

    @Override
    public ImmutableCollection<CelType> types() {
        return types.values();
    }

    @Override
    public Optional<CelType> findType(String typeName) {
        return Optional.ofNullable(types.get(typeName));
    }

    /** The fields by the name of their struct, for suggestions. */
    ImmutableList<String> names(String variable) {
        return switch (variable) {
            case "resource" -> resource.fieldNames().asList();
            case "upgrade" -> UPGRADE.fieldNames().asList();
            case "manifest" -> MANIFEST.fieldNames().asList();
            default -> WINDOW.fieldNames().asList();
        };
    }

    @SuppressWarnings("Immutable") // the types of the library are immutable, but not declared so
    private static StructType struct(String name, ImmutableMap<String, CelType> fields) {
        return StructType.create(
                name, ImmutableSet.copyOf(fields.keySet()), field -> Optional.ofNullable(fields.get(field)));
    }

    private static CelType type(Fields.Type type) {
        return switch (type) {
            case TEXT -> SimpleType.STRING;
            case NUMBER -> SimpleType.INT;
            case BOOLEAN -> SimpleType.BOOL;
            case TIME -> SimpleType.TIMESTAMP;
            case TEXTS -> ListType.create(SimpleType.STRING);
            case TEXT_MAP -> MapType.create(SimpleType.STRING, SimpleType.STRING);
        };
    }
}
