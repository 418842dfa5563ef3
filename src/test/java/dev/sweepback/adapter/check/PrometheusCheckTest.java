package dev.sweepback.adapter.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.job.Comparison;
import dev.sweepback.job.Comparison.Operator;
import dev.sweepback.job.PrometheusSubject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What an answer to an instant query is taken for. */
class PrometheusCheckTest {

    private static final String PATH = "/prom/api/v1/query";
    private static final String VECTOR =
            "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[%s]}%s}";

    private final CheckWorld world = new CheckWorld();

    @AfterEach
    void close() {
        world.close();
    }

    static Comparison comparison(Operator operator, String operand) {
        return new Comparison(
                List.of(new Comparison.Bound(operator, JsonMapper.shared().readTree(operand))));
    }

    private String ask(Operator operator, String operand, boolean every) {
        return CheckWorld.text(world.ask(new PrometheusSubject(
                world.endpoint("/prom/"), "rate(errors[5m]) > 0", comparison(operator, operand), every)));
    }

    private String ask() {
        return ask(Operator.BELOW, "0.01", false);
    }

    private static String samples(String... values) {
        return String.join(
                ",",
                java.util.Arrays.stream(values)
                        .map(value -> "{\"metric\":{\"a\":\"b\"},\"value\":[1700000000.1,\"" + value + "\"]}")
                        .toList());
    }

    private void vector(String... values) {
        world.with(PATH, 200, VECTOR.formatted(samples(values), ""));
    }

    @ParameterizedTest
    @CsvSource({
        "BELOW, 0.01, 0.009, good",
        "BELOW, 0.01, 0.01, bad",
        "AT_MOST, 0.01, 0.010, good",
        "AT_MOST, 1, 1.1, bad",
        "ABOVE, 1, 1.1, good",
        "ABOVE, 1, 1, bad",
        "AT_LEAST, 1, 1, good",
        "AT_LEAST, 1, 0.99999, bad",
        "EQUALS, 0, 0, good",
        "EQUALS, 0, 1e-300, bad",
        "EQUALS, 100, 1e+02, good",
        "BELOW, 0.01, +Inf, bad",
        "BELOW, 0.01, -Inf, good",
        "BELOW, 0.01, NaN, no data",
        "ABOVE, 0, NaN, no data",
        "BELOW, 0.01, , no data",
        "BELOW, 0.01, abc, no data"
    })
    void oneSampleIsCompared(Operator operator, String operand, String value, String verdict) {
        vector(value == null ? "" : value);

        assertThat(ask(operator, operand, false)).startsWith(verdict + ": ");
    }

    @Test
    void theQueryIsAskedAsItIsWithTheSecret() {
        vector("0");

        assertThat(ask()).isEqualTo("good: 0");
        assertThat(world.requests())
                .containsExactly("GET /prom/api/v1/query?query=rate%28errors%5B5m%5D%29%20%3E%200 Bearer sesame-0815");
    }

    @Test
    void nothingIsNoData() {
        vector();

        assertThat(ask()).isEqualTo("no data: the query gives no sample");
        assertThat(ask(Operator.BELOW, "1", true)).isEqualTo("no data: the query gives no sample");
    }

    @Test
    void severalSamplesAreNoDataUnlessAllAreMeant() {
        vector("0.001", "0.002");

        assertThat(ask()).startsWith("no data: the query gives 2 samples, one is expected");
        assertThat(ask(Operator.BELOW, "0.01", true)).isEqualTo("good: 0.001, of 2 samples");
    }

    @Test
    void whereAllAreMeantOneDecides() {
        vector("0.001", "0.5");
        assertThat(ask(Operator.BELOW, "0.01", true)).isEqualTo("bad: it is 0.5, expected: below 0.01, of 2 samples");

        vector("0.5", "NaN");
        assertThat(ask(Operator.BELOW, "0.01", true)).isEqualTo("no data: a sample is NaN");
    }

    @Test
    void aScalarWillDo() {
        world.with(
                PATH,
                200,
                "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1700000000,\"0.5\"]}}");

        assertThat(ask()).isEqualTo("bad: it is 0.5, expected: below 0.01");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            200 | {"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1,"0"]]}]}}
            200 | {"status":"success","data":{"resultType":"string","result":[1,"0"]}}
            200 | {"status":"success","data":{"resultType":"vector","result":[{"metric":{},"histogram":[1,{}]}]}}
            200 | {"status":"success","data":{"resultType":"vector","result":[{"value":[1,0]}]}}
            200 | {"status":"success","warnings":["partial"],"data":{"resultType":"vector","result":[{"value":[1,"0"]}]}}
            200 | {"status":"success","warnings":"partial","data":{"resultType":"vector","result":[{"value":[1,"0"]}]}}
            200 | {"status":"success","warnings":"","data":{"resultType":"vector","result":[{"value":[1,"0"]}]}}
            200 | {"status":"success","warnings":{},"data":{"resultType":"vector","result":[{"value":[1,"0"]}]}}
            200 | {"status":"success","warnings":null,"data":{"resultType":"vector","result":[{"value":[1,"0"]}]}}
            200 | {"status":"success","isPartial":"yes","data":{"resultType":"vector","result":[{"value":[1,"0"]}]}}
            200 | {"status":"success","isPartial":[true],"data":{"resultType":"vector","result":[{"value":[1,"0"]}]}}
            200 | {"status":"success","isPartial":null,"data":{"resultType":"vector","result":[{"value":[1,"0"]}]}}
            200 | {"status":"success","isPartial":true,"data":{"resultType":"vector","result":[{"value":[1,"0"]}]}}
            200 | {"status":"error","errorType":"timeout","error":"query timed out","data":{"resultType":"vector","result":[{"value":[1,"0"]}]}}
            400 | {"status":"error","errorType":"bad_data","error":"parse error"}
            422 | {"status":"error","errorType":"execution","error":"found duplicate series"}
            503 | {"status":"success","data":{"resultType":"vector","result":[{"value":[1,"0"]}]}}
            401 | {"status":"success","data":{"resultType":"vector","result":[{"value":[1,"0"]}]}}
            404 | 404 page not found
            200 | <html>
            200 | {}
            """)
    void anAnswerThatIsNotWholeIsNoData(int status, String body) {
        world.with(PATH, status, body);

        assertThat(ask()).startsWith("no data: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"warnings\":[],", "\"isPartial\":false,", "\"infos\":[\"a hint\"],"})
    void anAnswerThatSaysItIsWholeCounts(String more) {
        world.with(
                PATH,
                200,
                "{\"status\":\"success\"," + more
                        + "\"data\":{\"resultType\":\"vector\",\"result\":[{\"value\":[1,\"0\"]}]}}");

        assertThat(ask()).isEqualTo("good: 0");
    }

    @Test
    void aLongErrorIsCutAndHasNoControlCharacters() {
        String error = "\\u001b[2Jgone\\n".repeat(60_000);
        world.with(PATH, 400, "{\"status\":\"error\",\"error\":\"" + error + "\"}");

        String reason = ask().substring("no data: ".length());

        assertThat(reason)
                .startsWith("the query was answered with 400: ?[2Jgone?")
                .hasSizeLessThanOrEqualTo(256);
        assertThat(reason.chars()).noneMatch(Character::isISOControl);
    }

    @Test
    void whyThereIsNoneIsSaid() {
        world.with(PATH, 400, "{\"status\":\"error\",\"error\":\"parse error: sesame-0815\"}");

        assertThat(ask()).isEqualTo("no data: the query was answered with 400: parse error: ***");
    }
}
