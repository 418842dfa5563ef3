package dev.sweepback.job;

import java.util.List;
import java.util.Optional;

/**
 * How a disposable resource is made, to prove what the description says.
 *
 * @param id its id: a JSON pointer into the answer to {@code create}, or a text with places
 * @param prepare the requests that bring it into a state which the actions change
 * @param change what somebody else might do to it; without it no conflict is tried
 * @param remove the requests that take it away again
 */
public record DescribedProbe(
        DescribedRequest create,
        String id,
        List<DescribedRequest> prepare,
        Optional<DescribedRequest> change,
        List<DescribedRequest> remove) {

    public DescribedProbe {
        prepare = List.copyOf(prepare);
        remove = List.copyOf(remove);
    }

    public boolean idIsAnswered() {
        return id.startsWith("/");
    }
}
