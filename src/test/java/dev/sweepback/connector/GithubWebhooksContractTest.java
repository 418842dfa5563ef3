package dev.sweepback.connector;

import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.sandbox.GithubTwin;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Nested;

class GithubWebhooksContractTest {

    abstract static class Hooks extends ConnectorContract {

        abstract GithubTwin twin(Clock clock);

        abstract GithubBench.Owner owner();

        boolean signs() {
            return false;
        }

        @Override
        TwinBench open(HttpClients http, Clock clock) {
            return new GithubBench(twin(clock), owner(), signs(), http, clock);
        }

        @Override
        List<String> actions() {
            return List.of("disable", "remove");
        }
    }

    @Nested
    class OfARepository extends Hooks {

        @Override
        GithubTwin twin(Clock clock) {
            return GithubTwin.start(clock);
        }

        @Override
        GithubBench.Owner owner() {
            return GithubBench.Owner.REPOSITORY;
        }
    }

    @Nested
    class OfAnOrganization extends Hooks {

        @Override
        GithubTwin twin(Clock clock) {
            return GithubTwin.start(clock);
        }

        @Override
        GithubBench.Owner owner() {
            return GithubBench.Owner.ORGANIZATION;
        }
    }

    @Nested
    class OfAnOrganizationOnAnOwnServer extends Hooks {

        @Override
        GithubTwin twin(Clock clock) {
            return GithubTwin.enterprise(clock);
        }

        @Override
        GithubBench.Owner owner() {
            return GithubBench.Owner.ORGANIZATION;
        }
    }

    @Nested
    class WithTheirSecret extends Hooks {

        @Override
        GithubTwin twin(Clock clock) {
            return GithubTwin.start(clock);
        }

        @Override
        GithubBench.Owner owner() {
            return GithubBench.Owner.ORGANIZATION;
        }

        @Override
        boolean signs() {
            return true;
        }
    }
}
