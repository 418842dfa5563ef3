package dev.sweepback.job;

/**
 * What an instant query to Prometheus, or to what answers as it does, measures.
 *
 * @param everySample whether there may be several samples, all of which must compare so; else there must be one
 */
public record PrometheusSubject(Endpoint endpoint, String query, Comparison comparison, boolean everySample)
        implements Check.Subject {

    @Override
    public String text() {
        return "prometheus " + endpoint + ": " + Format.shortened(query) + (everySample ? " everywhere " : " ")
                + comparison.text();
    }
}
