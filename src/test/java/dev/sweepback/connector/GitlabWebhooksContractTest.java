package dev.sweepback.connector;

import dev.sweepback.adapter.http.HttpClients;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Nested;

class GitlabWebhooksContractTest {

    abstract static class Hooks extends ConnectorContract {

        private final GitlabBench.Owner owner;
        private final boolean namesTheToken;

        Hooks(GitlabBench.Owner owner, boolean namesTheToken) {
            this.owner = owner;
            this.namesTheToken = namesTheToken;
        }

        @Override
        TwinBench open(HttpClients http, Clock clock) {
            return new GitlabBench(owner, namesTheToken, http, clock);
        }

        @Override
        List<String> actions() {
            return List.of("disable", "remove");
        }
    }

    @Nested
    class OfAProject extends Hooks {
        OfAProject() {
            super(GitlabBench.Owner.PROJECT, false);
        }
    }

    @Nested
    class OfAGroup extends Hooks {
        OfAGroup() {
            super(GitlabBench.Owner.GROUP, false);
        }
    }

    @Nested
    class WithTheirToken extends Hooks {
        WithTheirToken() {
            super(GitlabBench.Owner.PROJECT, true);
        }
    }
}
