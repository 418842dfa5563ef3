package dev.sweepback.adapter.check;

import dev.sweepback.connector.Capture;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.SendWindow;
import dev.sweepback.gate.Measured;
import dev.sweepback.job.FlagSubject;
import dev.sweepback.plan.Readers;
import dev.sweepback.plan.UnknownConnection;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Whether a flag is on, as a reader sees it: {@code enabled} of an environment of Unleash, {@code on} of LaunchDarkly. */
final class FlagCheck {

    private static final String KIND = "flag";

    /** A flag is read by a few requests. */
    private static final int REQUESTS = 4;

    private final Supplier<Readers> readers;

    FlagCheck(Supplier<Readers> readers) {
        this.readers = readers;
    }

    Measured ask(FlagSubject subject) {
        try (Readers open = readers.get()) {
            Duration window =
                    open.connection(subject.connection()).timeouts().whole().multipliedBy(REQUESTS);
            ResourceRef ref = new ResourceRef(KIND, subject.connection(), subject.name());
            Capture now = SendWindow.within(
                    window,
                    () -> open.of(subject.connection(), KIND)
                            .capture(List.of(ref))
                            .get(0));
            if (now instanceof Capture.Unknown unknown) {
                ConnectorException error = unknown.error();
                return new Measured.NoData(error.getMessage() + "; " + error.remedy());
            }
            return now instanceof Capture.Present present
                    ? present(subject, present.state().content())
                    : new Measured.NoData("there is no flag '" + subject.name() + "'");
        } catch (UnknownConnection e) {
            return new Measured.NoData(e.getMessage() + "; " + e.remedy());
        }
    }

    private static Measured present(FlagSubject subject, JsonNode flag) {
        if (flag.path("archived").asBoolean(false)) {
            return new Measured.NoData("the flag '" + subject.name() + "' is archived");
        }
        JsonNode environment = flag.path("environments").path(subject.environment());
        JsonNode on = Stream.of(environment.path("enabled"), environment.path("on"))
                .filter(JsonNode::isBoolean)
                .findFirst()
                .orElse(environment);
        if (!on.isBoolean()) {
            return new Measured.NoData("the flag '" + subject.name()
                    + "' does not tell whether it is on in environment '" + subject.environment() + "'");
        }
        String seen = (on.asBoolean() ? "on" : "off") + " in " + subject.environment();
        return on.asBoolean() == subject.enabled()
                ? new Measured.Good(seen)
                : new Measured.Bad("it is " + seen + ", expected: " + (subject.enabled() ? "on" : "off"), seen);
    }
}
