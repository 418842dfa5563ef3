package dev.sweepback.plan;

import dev.sweepback.connector.Capture;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ResourceRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How resources are now, read in batches for each connection and kind. What cannot be read keeps nothing else from being read. */
public final class Captures {

    /** So many are read at once. */
    private static final int BATCH = 100;

    private final Map<ResourceRef, Capture> read = new HashMap<>();
    private final Map<ResourceRef, UnknownConnection> unknown = new HashMap<>();

    private Captures() {}

    public static Captures of(Readers readers, Collection<ResourceRef> refs) {
        Map<String, List<ResourceRef>> kinds = new LinkedHashMap<>();
        refs.forEach(ref -> kinds.computeIfAbsent(ref.connection() + " " + ref.kind(), key -> new ArrayList<>())
                .add(ref));
        Captures captures = new Captures();
        for (List<ResourceRef> kind : kinds.values()) {
            for (int from = 0; from < kind.size(); from += BATCH) {
                captures.add(readers, kind.subList(from, Math.min(from + BATCH, kind.size())));
            }
        }
        return captures;
    }

    private void add(Readers readers, List<ResourceRef> batch) {
        ResourceRef first = batch.get(0);
        try {
            List<Capture> captures =
                    readers.of(first.connection(), first.kind()).capture(batch);
            for (int index = 0; index < batch.size(); index++) {
                read.put(batch.get(index), captures.get(index));
            }
        } catch (ConnectorException e) {
            batch.forEach(ref -> read.put(ref, new Capture.Unknown(ref, e)));
        } catch (UnknownConnection e) {
            batch.forEach(ref -> unknown.put(ref, e));
        }
    }

    /**
     * Present or absent.
     *
     * @throws ConnectorException if it could not be read
     * @throws UnknownConnection as {@link Readers#of}
     */
    public Capture get(ResourceRef ref) {
        UnknownConnection gone = unknown.get(ref);
        if (gone != null) {
            throw gone;
        }
        Capture capture = read.get(ref);
        if (capture == null) {
            throw new IllegalArgumentException(ref + " was not asked for");
        }
        if (capture instanceof Capture.Unknown why) {
            throw why.error();
        }
        return capture;
    }
}
