package dev.sweepback.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThrottlingTest {

    /** By this clock the answers come two hours late: theirs counts. */
    private static final Optional<Instant> CLOCK = Optional.of(Instant.parse("2026-11-23T23:31:50Z"));

    private static final String DATE = "Mon, 23 Nov 2026 21:31:50 GMT";
    private static final String DATE_IN_SECONDS = "1795469510";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "429|retry-after=30|30",
                "503|retry-after=30|30",
                "403|retry-after=30|30",
                "429|retry-after=Mon, 23 Nov 2026 21:32:00 GMT|10",
                "429|retry-after=Mon, 23 Nov 2026 21:00:00 GMT|0",
                "403|x-ratelimit-remaining=0;x-ratelimit-reset=1795469570|60",
                "429|x-ratelimit-remaining=0;x-ratelimit-reset=1795469570000|60",
                "429|x-ratelimit-route-remaining=0;x-ratelimit-reset=1795469570000|60",
                "429|ratelimit-remaining=0;ratelimit-reset=1795469570|60",
                "429|ratelimit-remaining=0;ratelimit-reset=60|60",
                "200|x-ratelimit-remaining=0;x-ratelimit-reset=1795469570|60",
                "204|ratelimit-remaining=0;ratelimit-reset=7|7",
                "429|retry-after=5;x-ratelimit-remaining=0;x-ratelimit-reset=1795469570|60",
                "200|x-ratelimit-remaining=0;x-ratelimit-reset=1795469500|0"
            })
    void anAnswerTellsHowLongToWaitByTheClockOfItsSender(int status, String headers, long seconds) {
        assertThat(Instant.ofEpochSecond(Long.parseLong(DATE_IN_SECONDS))).hasToString("2026-11-23T21:31:50Z");

        assertThat(Throttling.wait(answer(status, headers + ";date=" + DATE, ""), CLOCK))
                .contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "429|retry-after=Mon, 23 Nov 2026 23:32:00 GMT|10",
                "200|x-ratelimit-remaining=0;x-ratelimit-reset=1795476720|10",
            })
    void ourOwnClockCountsWhereTheAnswerHasNoDate(int status, String headers, long seconds) {
        assertThat(Throttling.wait(answer(status, headers, ""), CLOCK)).contains(Duration.ofSeconds(seconds));
        assertThat(Throttling.wait(answer(status, headers, ""), Optional.empty()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200|x-ratelimit-remaining=1;x-ratelimit-reset=1795469570",
                "200|x-ratelimit-remaining=0",
                "200|x-ratelimit-remaining=0;x-ratelimit-reset=soon",
                "302|retry-after=30",
                "500|retry-after=30",
                "429|retry-after=later",
                "429|a=b"
            })
    void anAnswerThatSaysNothingUsefulTellsNoTime(int status, String headers) {
        assertThat(Throttling.wait(answer(status, headers + ";date=" + DATE, ""), CLOCK))
                .isEmpty();
    }

    @Test
    void aSecondaryLimitMeansAMinuteUnlessItSaysMore() {
        String text = "{\"message\":\"You have exceeded a secondary rate limit. Please wait\"}";
        String longer = "x-ratelimit-remaining=0;x-ratelimit-reset=1795469630;date=" + DATE;

        assertThat(Throttling.wait(answer(403, "a=b", text), CLOCK)).contains(Duration.ofMinutes(1));
        assertThat(Throttling.wait(answer(429, "a=b", text), CLOCK)).contains(Duration.ofMinutes(1));
        assertThat(Throttling.wait(answer(200, "a=b", text), CLOCK)).isEmpty();
        assertThat(Throttling.wait(answer(403, longer, text), CLOCK)).contains(Duration.ofMinutes(2));
        assertThat(Throttling.wait(answer(403, "retry-after=5", text), CLOCK)).contains(Duration.ofSeconds(5));
        assertThat(Throttling.refuses(answer(403, "a=b", text))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "429|a=b|true",
                "403|retry-after=1|true",
                "403|x-ratelimit-remaining=0|true",
                "403|x-ratelimit-remaining=1|false",
                "403|a=b|false",
                "503|retry-after=1|false",
                "200|x-ratelimit-remaining=0|false"
            })
    void aMissingRightIsNotTakenForALimit(int status, String headers, boolean refused) {
        Response response = answer(status, headers, "{\"message\":\"Resource not accessible\"}");

        assertThat(Throttling.refuses(response)).isEqualTo(refused);
    }

    @Test
    void aLimitThatOnlyTheTextNamesIsOne() {
        Response refused = answer(403, "a=b", "{\"message\":\"API rate limit exceeded for user 7\"}");

        assertThat(Throttling.refuses(refused)).isTrue();
        assertThat(Throttling.wait(refused, CLOCK)).isEmpty();
    }

    @Test
    void a403ThatIsALimitIsJudgedAsOne() {
        ConnectorException limit = StatusRule.GENERAL.judge("c", Request.get("/x"), answer(403, "retry-after=7", ""));
        ConnectorException right = StatusRule.GENERAL.judge("c", Request.get("/x"), answer(403, "a=b", ""));

        assertThat(limit.kind()).isEqualTo(Kind.THROTTLED);
        assertThat(limit.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(right.kind()).isEqualTo(Kind.FORBIDDEN);
    }

    private static Response answer(int status, String headers, String body) {
        Map<String, String> parsed = new HashMap<>(Map.of("content-type", "application/json"));
        for (String header : headers.split(";", -1)) {
            String[] parts = header.split("=", 2);
            parsed.put(parts[0], parts[1]);
        }
        return new Response(status, parsed, body);
    }
}
