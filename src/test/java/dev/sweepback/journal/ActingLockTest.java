package dev.sweepback.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ActingLockTest {

    @TempDir
    Path home = Path.of("");

    /** Takes the lock and keeps it until it is killed, or says who has it. */
    static final class Holder {
        public static void main(String[] arguments) throws Exception {
            try (ActingLock lock = ActingLock.acquire(Path.of(arguments[0]), "run in another process")) {
                System.out.println("has " + (lock != null));
                System.in.read();
            } catch (ActingLock.Held held) {
                System.out.println("held by " + held.holder());
            }
        }
    }

    @Test
    void theSecondIsToldWhoHoldsIt() {
        ActingLock first = ActingLock.acquire(home, "serve, process 17");

        assertThatThrownBy(() -> ActingLock.acquire(home, "run"))
                .isInstanceOfSatisfying(
                        ActingLock.Held.class, held -> assertThat(held.holder()).isEqualTo("serve, process 17"));
        first.close();

        ActingLock.acquire(home, "run").close();
    }

    @Test
    void aRefusedSecondDoesNotGiveUpTheLockOfTheFirst() throws Exception {
        try (ActingLock first = ActingLock.acquire(home, "serve, process 17")) {
            assertThatThrownBy(() -> ActingLock.acquire(home, "run")).isInstanceOf(ActingLock.Held.class);

            try (ForkedJava other = new ForkedJava(Holder.class, home.toString())) {
                assertThat(other.line()).isEqualTo("held by serve, process 17");
            }
            assertThat(first).isNotNull();
        }
    }

    @Test
    void itEndsWithTheProcessThatHoldsItEvenWhenThatIsKilled() throws Exception {
        try (ForkedJava other = new ForkedJava(Holder.class, home.toString())) {
            assertThat(other.line()).isEqualTo("has true");
            assertThatThrownBy(() -> ActingLock.acquire(home, "undo"))
                    .isInstanceOf(ActingLock.Held.class)
                    .hasMessageContaining("run in another process");

            other.kill();

            ActingLock.acquire(home, "undo").close();
            assertThat(Files.readString(home.resolve("acting.holder"))).isEqualTo("undo");
        }
    }
}
