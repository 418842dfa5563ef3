package dev.sweepback.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Rate;
import dev.sweepback.connector.SendWindow;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What all readers and writers of a connection keep to together, on a wire that answers as told. */
class LineTest {

    private static final String DATE = "Mon, 23 Nov 2026 21:31:50 GMT";
    private static final Response OK = new Response(200, Map.of(), "");

    private final FakeTime time = new FakeTime();
    private final Queue<Response> answers = new ArrayDeque<>();
    private final List<String> sent = new ArrayList<>();
    private final List<Duration> sentAt = new ArrayList<>();
    private final HttpClients clients =
            new HttpClients(time, Optional.of(time), next -> this::answer, unused -> reference -> {
                throw new AssertionError("no secret is needed");
            });
    private final Connection connection = connection(Duration.ofSeconds(30), 2, Optional.empty());
    private final Http reading = clients.reading(connection, ReadList.of("GET /**"));
    private final Http writing = clients.writing(connection);

    @AfterEach
    void close() {
        clients.close();
    }

    private synchronized Response answer(Request request) {
        sent.add(request.toString());
        sentAt.add(Duration.ofNanos(time.nanos()));
        return answers.isEmpty() ? OK : answers.remove();
    }

    @Test
    void aReadIsSentAgainWhenTheSystemAsksToComeBackSoon() {
        answers.add(response(429, "retry-after", "2"));
        answers.add(response(503));

        Response response = reading.send(Request.get("/x"));

        assertThat(response.status()).isEqualTo(200);
        assertThat(time.pauses()).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(2));
    }

    @Test
    void aReadIsSentFourTimesAtMost() {
        answers.addAll(List.of(response(503), response(503), response(429), response(429)));

        Response response = reading.send(Request.get("/x"));

        assertThat(response.status()).isEqualTo(429);
        assertThat(sent).hasSize(4);
        assertThat(time.pauses()).containsExactly(seconds(1), seconds(2), seconds(3));
    }

    @ParameterizedTest
    @CsvSource({"200", "204"})
    void aSuccessThatSaysNothingIsLeftMakesEveryoneWait(int status) {
        answers.add(response(status, "x-ratelimit-remaining", "0", "x-ratelimit-reset", "1795469570", "date", DATE));

        reading.send(Request.get("/last"));
        writing.send(Request.of("POST", "/next"));

        assertThat(sentAt).containsExactly(Duration.ZERO, seconds(60));
    }

    @Test
    void anotherConnectionDoesNotWait() {
        answers.add(response(429, "retry-after", "60"));
        Http other = clients.writing(connection(Duration.ofSeconds(20), 2, Optional.empty()));

        SendWindow.within(
                seconds(30),
                () -> catchThrowableOfType(
                        ConnectorException.class, () -> writing.send(Request.of("POST", "/refused"))));
        other.send(Request.of("POST", "/x"));

        assertThat(sent).containsExactly("POST /refused", "POST /x");
        assertThat(time.pauses()).isEmpty();
    }

    @Test
    void aLimitThatIsTooFarOffIsSaidWithItsEndAndHoldsUpNobody() {
        answers.add(response(429, "retry-after", "3600", "date", DATE));

        ConnectorException refused = failure(reading, Request.get("/x"));
        ConnectorException next = failure(writing, Request.of("POST", "/y"));

        for (ConnectorException failure : List.of(refused, next)) {
            assertThat(failure.kind()).isEqualTo(Kind.THROTTLED);
            assertThat(failure.retryAfter()).contains(Duration.ofHours(1));
            assertThat(failure).hasMessageContaining("until 2026-11-23T22:31:50Z");
            assertThat(failure.remedy()).isNotBlank();
        }
        assertThat(refused).hasMessageContaining("GET /x was refused with 429");
        assertThat(next).hasMessageContaining("POST /y was not sent");
        assertThat(sent).containsExactly("GET /x");
        assertThat(time.pauses()).isEmpty();
    }

    @Test
    void oneRequestWaitsForTwoMinutesInAll() {
        answers.add(response(429, "retry-after", "70"));
        answers.add(response(429, "retry-after", "70"));

        ConnectorException failure = failure(reading, Request.get("/x"));

        assertThat(failure.kind()).isEqualTo(Kind.THROTTLED);
        assertThat(time.pauses()).containsExactly(seconds(70));
    }

    @Test
    void aLimitIsOverWhenItsTimeHasPassed() {
        answers.add(response(429, "retry-after", "3600"));
        failure(reading, Request.get("/x"));

        time.pass(Duration.ofHours(1));
        reading.send(Request.get("/x"));

        assertThat(time.pauses()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"429", "403"})
    void aWriteThatWasRefusedUnseenIsSentAgain(int status) {
        answers.add(response(status, "retry-after", "20"));

        Response response = SendWindow.within(seconds(60), () -> writing.send(Request.of("POST", "/x")));

        assertThat(response.status()).isEqualTo(200);
        assertThat(sent).containsExactly("POST /x", "POST /x");
        assertThat(time.pauses()).containsExactly(seconds(20));
    }

    @Test
    void aWriteIsNotSentAgainWhereItCouldNotEndInTheTimeOfItsOperation() {
        answers.add(response(429, "retry-after", "45"));

        ConnectorException failure = SendWindow.within(seconds(60), () -> failure(writing, Request.of("POST", "/x")));

        assertThat(failure.kind()).isEqualTo(Kind.THROTTLED);
        assertThat(failure.mayHaveActed()).isFalse();
        assertThat(failure).hasMessageContaining("nothing was done");
        assertThat(sent).hasSize(1);
    }

    @Test
    void aWriteThatWasAnsweredWith503MayHaveActedAndSlowsTheConnectionOnly() {
        answers.add(response(503, "retry-after", "5"));

        Response response = writing.send(Request.of("POST", "/x"));
        reading.send(Request.get("/look"));

        assertThat(response.status()).isEqualTo(503);
        assertThat(sent).containsExactly("POST /x", "GET /look");
        assertThat(sentAt).containsExactly(Duration.ZERO, seconds(5));
    }

    @Test
    void aMissingRightIsNotAskedForAgain() {
        answers.add(response(403));

        assertThat(writing.send(Request.of("POST", "/x")).status()).isEqualTo(403);
        assertThat(sent).hasSize(1);
    }

    @Test
    void requestsOfAllThreadsTogetherGoNoFasterThanTheRate() {
        Connection paced = connection(Duration.ofSeconds(30), 8, Optional.of(new Rate(4)));
        List<Http> senders =
                List.of(clients.writing(paced), clients.reading(paced, ReadList.of("GET /**")), clients.writing(paced));

        InParallel.map(
                8,
                IntStream.range(0, 24).boxed().toList(),
                item -> senders.get(item % 3).send(Request.get("/{}", item)));

        assertThat(sent).hasSize(24);
        assertThat(time.pauses()).hasSize(23).containsOnly(Duration.ofMillis(250));
    }

    @Test
    void whatIsLateIsNotMadeUpForInABurst() {
        Http paced = clients.writing(connection(Duration.ofSeconds(30), 2, Optional.of(new Rate(4))));
        paced.send(Request.get("/first"));
        time.pass(Duration.ofSeconds(10));

        paced.send(Request.get("/second"));
        paced.send(Request.get("/third"));

        assertThat(sentAt).containsExactly(Duration.ZERO, seconds(10), Duration.ofMillis(10_250));
    }

    @Test
    void aWriteThatTheRateWouldMakeTooLateIsNotSent() {
        Http paced = clients.writing(connection(Duration.ofSeconds(30), 2, Optional.of(new Rate(1))));
        paced.send(Request.get("/first"));

        ConnectorException failure =
                SendWindow.within(Duration.ofMillis(30_500), () -> failure(paced, Request.of("POST", "/x")));

        assertThat(failure.kind()).isEqualTo(Kind.THROTTLED);
        assertThat(failure).hasMessageContaining("was not sent").hasMessageContaining("rate");
        assertThat(sent).hasSize(1);
    }

    @Test
    void noMoreThanConcurrencyAreUnderWayWhoeverSendsThemAndAPlaceIsWaitedForNoLongerThanTheWholeTimeout() {
        CountDownLatch underWay = new CountDownLatch(2);
        CountDownLatch release = new CountDownLatch(1);
        try (HttpClients slow = new HttpClients(time, next -> request -> {
            underWay.countDown();
            await(release);
            return answer(request);
        })) {
            Connection narrow = connection(Duration.ofMillis(200), 2, Optional.empty());
            List<Http> senders = List.of(slow.writing(narrow), slow.reading(narrow, ReadList.of("GET /**")));
            List<CompletableFuture<Response>> first = senders.stream()
                    .map(http -> CompletableFuture.supplyAsync(() -> http.send(Request.get("/first")), this::begin))
                    .toList();
            await(underWay);

            ConnectorException failure = failure(slow.writing(narrow), Request.of("POST", "/third"));
            release.countDown();

            assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(failure).hasMessageContaining("POST /third was not sent").hasMessageContaining("no place");
            first.forEach(CompletableFuture::join);
            assertThat(sent).containsExactly("GET /first", "GET /first");
            slow.writing(narrow).send(Request.of("POST", "/third"));
            assertThat(sent).hasSize(3);
        }
    }

    @Test
    void aPlaceIsGivenBackWhateverBecomesOfTheRequest() {
        try (HttpClients failing = new HttpClients(time, next -> request -> {
            throw new IllegalStateException("killed");
        })) {
            Http http = failing.writing(connection(Duration.ofMillis(200), 1, Optional.empty()));

            for (int count = 0; count < 3; count++) {
                assertThat(catchThrowableOfType(IllegalStateException.class, () -> http.send(Request.get("/x"))))
                        .hasMessage("killed");
            }
        }
    }

    @Test
    void whoIsAskedToStopWhileWaitingSendsNothing() {
        try (HttpClients stopped = new HttpClients(
                duration -> {
                    throw new InterruptedException();
                },
                next -> this::answer)) {
            Http http = stopped.writing(connection);
            answers.add(response(200, "ratelimit-remaining", "0", "ratelimit-reset", "60"));
            http.send(Request.get("/last"));

            ConnectorException failure = failure(http, Request.of("POST", "/x"));

            assertThat(Thread.interrupted()).isTrue();
            assertThat(failure.mayHaveActed()).isFalse();
            assertThat(sent).containsExactly("GET /last");
        }
    }

    private void begin(Runnable work) {
        Thread thread = new Thread(work, "line-test");
        thread.setDaemon(true);
        thread.start();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("the others never came");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static ConnectorException failure(Http http, Request request) {
        return catchThrowableOfType(ConnectorException.class, () -> http.send(request));
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static Response response(int status, String... headers) {
        Map<String, String> all = new HashMap<>();
        for (int index = 0; index < headers.length; index += 2) {
            all.put(headers[index], headers[index + 1]);
        }
        return new Response(status, all, "");
    }

    private static Connection connection(Duration whole, int concurrency, Optional<Rate> rate) {
        return new Connection(
                "c",
                "t",
                "e",
                URI.create("https://system.invalid"),
                Map.of(),
                Map.of(),
                concurrency,
                new Connection.Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(1), whole),
                rate,
                Optional.empty(),
                Optional.empty());
    }
}
