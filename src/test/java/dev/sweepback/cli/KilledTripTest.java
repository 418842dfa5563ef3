package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sweepback.journal.ForkedJava;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.journal.Runs;
import dev.sweepback.plan.Purpose;
import dev.sweepback.sandbox.Comparison;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A process that puts back what a tripwire tripped for is killed wherever it can be: the next one does it, and once. */
class KilledTripTest {

    @TempDir
    Path folder = Path.of("");

    private KillSite site;
    private ObjectNode before = JsonMapper.shared().createObjectNode();

    @BeforeEach
    void open() {
        site = new KillSite(folder);
    }

    @AfterEach
    void close() {
        site.close();
    }

    /** The flag that is used depends on one that is archived too and that nobody uses by itself. */
    private KillHome used() {
        KillHome home = site.begin();
        before = site.sandbox.dump();
        home.act(KillHome.CLEANUP, Doom.here(Doom.Point.NEVER));
        site.clock.moveOn(Duration.ofHours(1));
        site.sandbox.unleash().evaluate(home.upgrade() + "-child", "nightly", "production");
        site.clock.moveOn(Duration.ofMinutes(1));
        return home;
    }

    private void requirePutBackOnce(KillHome home) {
        home.act(KillHome.TRIP, Doom.here(Doom.Point.NEVER));
        List<Run> undos = home.read(Runs::all).stream()
                .filter(run -> run.purpose().equals(Purpose.UNDO.word()))
                .toList();
        assertThat(undos).singleElement().matches(undo -> undo.state() == RunState.SUCCEEDED);
        for (String name : List.of("-child", "-parent")) {
            String flag = home.upgrade() + name;
            assertThat(site.sandbox.unleash().events("feature-revived", flag)).isEqualTo(1);
            assertThat(Comparison.between(before, site.sandbox.dump(), ("flag:" + flag)::equals)
                            .exact())
                    .isEqualTo(1);
        }
        assertThat(site.sandbox.unleash().events("feature-revived", home.upgrade() + "-of-core"))
                .as("nobody uses it")
                .isZero();
    }

    @Test
    void whatItBeganBeforeItDiedIsFinishedOnce() {
        Doom whole = Doom.here(Doom.Point.NEVER);
        used().act(KillHome.TRIP, whole);
        assertThat(whole.events()).hasSizeGreaterThan(6);
        for (int event = 0; event < whole.events().size(); event++) {
            for (Doom.Moment moment : Doom.Moment.values()) {
                KillHome home = used();
                Doom doom = Doom.here(new Doom.Point(event, moment));
                Throwable unused = catchThrowable(() -> home.act(KillHome.TRIP, doom));
                assertThat(doom.hasStruck()).isTrue();

                home.recover(KillHome.TRIP, site.clock);

                requirePutBackOnce(home);
            }
        }
    }

    @Test
    void whatAKilledProcessBeganIsFinishedOnce() throws Exception {
        Doom whole = Doom.here(Doom.Point.NEVER);
        used().act(KillHome.TRIP, whole);
        int revive = whole.events().indexOf("send POST /api/admin/projects/default/revive");
        for (Doom.Moment moment : Doom.Moment.values()) {
            KillHome home = used();
            String[] arguments = site.arguments(home, KillHome.TRIP, new Doom.Point(revive, moment));
            try (ForkedJava child = new ForkedJava(KilledRun.class, arguments)) {
                assertThat(child.line()).isEqualTo(KilledRun.HERE);
                child.kill();
            }

            home.recover(KillHome.TRIP, site.clock);

            requirePutBackOnce(home);
        }
    }
}
