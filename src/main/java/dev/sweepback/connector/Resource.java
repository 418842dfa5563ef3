package dev.sweepback.connector;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One external thing as the listing shows it.
 *
 * @param ref its address
 * @param name what people call it, with secrets redacted: safe to print and to record
 * @param handles everything that a {@code protect} pattern may match besides id and name (a full URL, for example); never
 *     printed or recorded
 * @param fields the values of the kind's {@link Fields}; a field that has no value is missing, never null. Lists are {@code
 *     List<String>}, maps {@code Map<String, String>}, numbers {@code Long}, times {@code Instant}
 * @param fingerprint changes when the listed behaviour of the resource changes, not when it is merely used
 * @param use what the system tells about its use
 * @param untouchable why Sweepback must never touch it (its own token, for example)
 * @param collateral what the action may take along with it; touched only where the step accepts that
 */
public record Resource(
        ResourceRef ref,
        String name,
        List<String> handles,
        Map<String, Object> fields,
        String fingerprint,
        Use use,
        Optional<String> untouchable,
        Optional<String> collateral) {

    public Resource {
        handles = List.copyOf(handles);
        fields = Map.copyOf(fields);
    }

    /** One whose removal takes nothing along. */
    public Resource(
            ResourceRef ref,
            String name,
            List<String> handles,
            Map<String, Object> fields,
            String fingerprint,
            Use use,
            Optional<String> untouchable) {
        this(ref, name, handles, fields, fingerprint, use, untouchable, Optional.empty());
    }

    /** The same, with what was found out about its use. */
    public Resource withUse(Use found) {
        return new Resource(ref, name, handles, fields, fingerprint, found, untouchable, collateral);
    }

    @Override
    public String toString() {
        return ref.toString();
    }
}
