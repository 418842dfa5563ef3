package dev.sweepback.plan;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Handover;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.SecretRef;
import dev.sweepback.job.Job;
import dev.sweepback.job.Settings;
import dev.sweepback.job.Step;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an undo of a job will need, and none of its steps therefore removes: secrets that it gives back, places where it leaves what
 * it issues again, and the key of the store. What connections log in with, their connectors keep from being touched.
 */
final class Needed {

    private final Job job;
    private final Settings settings;

    Needed(Job job, Settings settings) {
        this.job = job;
        this.settings = settings;
    }

    /** Why the resource is kept; empty if no undo of the job needs it. */
    Optional<Objection> objection(Resource resource) {
        return Stream.concat(Stream.of(byStore(resource)), job.steps().stream().map(step -> byStep(step, resource)))
                .flatMap(Optional::stream)
                .findFirst()
                .map(Objection::lasting);
    }

    private Optional<String> byStore(Resource resource) {
        return isAt(settings.store().key(), resource)
                ? Optional.of("it holds the key of Sweepback's own store: without it nothing could be put back")
                : Optional.empty();
    }

    private Optional<String> byStep(Step step, Resource resource) {
        Optional<SecretRef> secret = step.instructions().secretRef().filter(reference -> isAt(reference, resource));
        if (secret.isPresent()) {
            return Optional.of("undo of step '" + step.name() + "' needs it: it gives back " + secret.get());
        }
        return isBelow(step.handover(), resource)
                ? Optional.of("undo of step '" + step.name() + "' leaves there what it issues again")
                : Optional.empty();
    }

    private boolean isAt(SecretRef reference, Resource resource) {
        return reference instanceof SecretRef.Vault vault
                && isOfSameType(vault.connection(), resource)
                && plain(vault.path()).equals(resource.ref().id());
    }

    private boolean isBelow(Handover handover, Resource resource) {
        String path = plain(handover.path());
        return handover.connection()
                .filter(connection -> isOfSameType(connection, resource))
                .filter(unused -> (resource.ref().id() + "/").startsWith(path + "/"))
                .isPresent();
    }

    /** Whichever connection is named: two may lead to the same system. */
    private boolean isOfSameType(String connection, Resource resource) {
        Optional<String> type = settings.connection(connection).map(Connection::type);
        return type.isPresent()
                && type.equals(settings.connection(resource.ref().connection()).map(Connection::type));
    }

    private static String plain(String path) {
        return path.replaceAll("^/+|/+$", "");
    }
}
