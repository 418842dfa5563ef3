package dev.sweepback.adapter.http;

/** What lasts from the first request of a connection to the last. Closing sends at most its farewell, and never fails. */
public interface Session extends AutoCloseable {

    @Override
    void close();
}
