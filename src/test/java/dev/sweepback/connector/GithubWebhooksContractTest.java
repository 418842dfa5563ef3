package dev.sweepback.connector;

import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.sandbox.GithubTwin;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;

class GithubWebhooksContractTest {

    abstract static class Hooks extends ConnectorContract {

        private final Function<Clock, GithubTwin> twin;
        private final GithubBench.Owner owner;
        private final boolean signs;

        Hooks(Function<Clock, GithubTwin> twin, GithubBench.Owner owner, boolean signs) {
            this.twin = twin;
            this.owner = owner;
            this.signs = signs;
        }

        @Override
        TwinBench open(HttpClients http, Clock clock) {
            return new GithubBench(twin.apply(clock), owner, signs, http, clock);
        }

        @Override
        List<String> actions() {
            return List.of("disable", "remove");
        }
    }

    @Nested
    class OfARepository extends Hooks {
        OfARepository() {
            super(GithubTwin::start, GithubBench.Owner.REPOSITORY, false);
        }
    }

    @Nested
    class OfAnOrganization extends Hooks {
        OfAnOrganization() {
            super(GithubTwin::start, GithubBench.Owner.ORGANIZATION, false);
        }
    }

    @Nested
    class OfAnOrganizationOnAnOwnServer extends Hooks {
        OfAnOrganizationOnAnOwnServer() {
            super(GithubTwin::enterprise, GithubBench.Owner.ORGANIZATION, false);
        }
    }

    @Nested
    class WithTheirSecret extends Hooks {
        WithTheirSecret() {
            super(GithubTwin::start, GithubBench.Owner.ORGANIZATION, true);
        }
    }
}
