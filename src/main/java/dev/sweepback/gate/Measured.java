package dev.sweepback.gate;

/** What one answer to a check says. Never a secret. */
public sealed interface Measured {

    /** As expected. */
    record Good(String evidence) implements Measured {
        public Good {
            evidence = Evidence.of(evidence);
        }
    }

    /** Something else than expected. */
    record Bad(String reason, String evidence) implements Measured {
        public Bad {
            reason = Evidence.of(reason);
            evidence = Evidence.of(evidence);
        }
    }

    /** Nothing that tells either way. */
    record NoData(String reason) implements Measured {
        public NoData {
            reason = Evidence.of(reason);
        }
    }
}
