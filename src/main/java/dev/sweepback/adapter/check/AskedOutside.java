package dev.sweepback.adapter.check;

import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Secrets;
import dev.sweepback.gate.Measured;
import dev.sweepback.gate.Measures;
import dev.sweepback.job.Check;
import dev.sweepback.job.FlagSubject;
import dev.sweepback.job.HttpSubject;
import dev.sweepback.job.PrometheusSubject;
import dev.sweepback.job.SqlSubject;
import dev.sweepback.job.TcpSubject;
import dev.sweepback.job.VersionSubject;
import dev.sweepback.plan.Readers;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks a check in the way of its kind. What keeps it from an answer is no data. */
public final class AskedOutside implements Measures {

    private final Endpoints endpoints;
    private final SqlCheck sql;
    private final FlagCheck flags;

    /** @param readers of the connections, opened for each question about a flag and closed after it */
    public AskedOutside(HttpClients http, Secrets secrets, Supplier<Readers> readers) {
        this.endpoints = new Endpoints(http, secrets);
        this.sql = new SqlCheck(secrets);
        this.flags = new FlagCheck(readers);
    }

    @Override
    public Measured ask(Check check, Optional<String> to) {
        try {
            return ask(check.subject(), check.timeout(), to);
        } catch (ConnectorException e) {
            return new Measured.NoData(e.getMessage() + "; " + e.remedy());
        }
    }

    private Measured ask(Check.Subject subject, Duration timeout, Optional<String> to) {
        if (subject instanceof HttpSubject http) {
            return new HttpCheck(endpoints).ask(http, timeout);
        }
        if (subject instanceof PrometheusSubject prometheus) {
            return new PrometheusCheck(endpoints).ask(prometheus, timeout);
        }
        if (subject instanceof SqlSubject query) {
            return sql.ask(query, timeout);
        }
        if (subject instanceof VersionSubject version) {
            return new VersionCheck(endpoints).ask(version, to, timeout);
        }
        if (subject instanceof FlagSubject flag) {
            return flags.ask(flag);
        }
        return TcpCheck.ask((TcpSubject) subject, timeout);
    }
}
