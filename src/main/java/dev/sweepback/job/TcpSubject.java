package dev.sweepback.job;

/**
 * Whether something takes connections.
 *
 * @param open whether it should
 */
public record TcpSubject(String host, int port, boolean open) implements Check.Subject {

    @Override
    public String text() {
        return "tcp " + host + ":" + port + " is " + (open ? "open" : "closed");
    }
}
