package dev.sweepback.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ArrayNode;

/** A list is read to its end, or it is an error. The system serves 20 at most, whatever it is asked for. */
class PagesTest {

    @TempDir
    Path folder;

    private LittleWorld world;

    @BeforeEach
    void open() {
        world = new LittleWorld(folder);
        world.add(45);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "paging: {type: none}",
                "paging: {type: none, total: /total}",
                "query: {size: '10'}\n    paging: {type: link}",
                "paging: {type: cursor, query: cursor, next: /cursor}",
                "paging: {type: cursor, query: cursor, next: /cursor, sizeQuery: size, size: 7, total: /total}",
                "paging: {type: page, query: page, sizeQuery: size, size: 20, next: /more}",
                "paging: {type: page, query: page, sizeQuery: size, size: 50, total: /total}",
                "paging: {type: page, query: page, sizeQuery: size, size: 50}",
                "paging: {type: offset, query: offset, sizeQuery: size, size: 50, next: /more}",
                "paging: {type: offset, query: offset, sizeQuery: size, size: 50, total: /total}",
                "paging: {type: offset, query: offset}"
            })
    void everyWayReadsEveryPage(String paging) {
        world.saying(LittleWorld.PAGING, paging);

        assertThat(world.find().resources()).hasSize(45).doesNotHaveDuplicates();
    }

    @Test
    void aListCanBeReadByPost() {
        world.saying("    path: /api/{place}/things\n    items", "    path: /api/{place}/search\n    items")
                .saying(LittleWorld.PAGING, "method: POST\n    reads: true\n    " + LittleWorld.PAGING);

        assertThat(world.find().resources()).hasSize(45);
    }

    @Test
    void idsAloneAreReadOneByOne() {
        world.saying("items: /things", "items: /keys\n    texts: true");

        assertThat(world.find().resources())
                .hasSize(45)
                .allSatisfy(resource -> assertThat(resource.name()).startsWith("thing-"));
    }

    @Test
    void aListThatGivesFewerThanItTellsOfIsAnError() {
        world.twin.listAs(body -> body.put("total", 46));

        assertThat(failure()).hasMessageContaining("tells of 46 items and gave 45");
    }

    @Test
    void aListThatLosesItsTotalIsAnError() {
        world.twin.listAs(body -> {
            body.remove("total");
            return body;
        });

        assertThat(failure()).hasMessageContaining("has no number of items at /total");
    }

    @Test
    void aCursorThatLeadsInACircleIsAnError() {
        world.saying(LittleWorld.PAGING, "paging: {type: cursor, query: cursor, next: /cursor}");
        world.twin.listAs(body -> body.put("cursor", "20"));

        assertThat(failure()).hasMessageContaining("names a next page that was read already");
    }

    @Test
    void anEmptyPageThatNamesANextOneIsAnError() {
        world.saying(LittleWorld.PAGING, "paging: {type: page, query: page, next: /more}");
        world.twin.listAs(body -> {
            body.putArray("things");
            return body.put("more", true);
        });

        assertThat(failure()).hasMessageContaining("is empty and names a next page");
    }

    @Test
    void anIdThatComesTwiceIsAnError() {
        world.twin.listAs(body -> {
            ArrayNode things = (ArrayNode) body.get("things");
            things.set(0, things.get(1));
            return body;
        });

        assertThat(failure()).hasMessageContaining("twice");
    }

    @Test
    void anAnswerWithoutTheListIsAnError() {
        world.saying("items: /things", "items: /results");

        assertThat(failure()).hasMessageContaining("has no list at /results");
    }

    @Test
    void aLinkToAnotherOriginIsNotFollowed() {
        world.saying(LittleWorld.PAGING, "query: {size: '10'}\n    paging: {type: link}");
        world.twin.linkTo("http://127.0.0.2:9/api/here/things?offset=10");

        assertThat(failure()).hasMessageContaining("leads to another origin");
    }

    @Test
    void aLinkToAnotherPlaceIsNotFollowed() {
        world.saying(LittleWorld.PAGING, "query: {size: '10'}\n    paging: {type: link}");
        world.twin.linkTo(world.twin.url() + "/api/elsewhere/things");

        ConnectorException failure = catchThrowableOfType(ConnectorException.class, world::find);

        assertThat(failure.kind()).isEqualTo(Kind.NOT_A_READ);
        assertThat(world.sent).noneMatch(request -> request.path().contains("elsewhere"));
    }

    @Test
    void aLinkThatCannotBeReadIsAnError() {
        world.saying(LittleWorld.PAGING, "query: {size: '10'}\n    paging: {type: link}");
        world.twin.linkTo("http://[broken");

        assertThat(failure()).hasMessageContaining("names a next page in a way that cannot be read");
    }

    private ConnectorException failure() {
        ConnectorException failure = catchThrowableOfType(ConnectorException.class, world::find);
        assertThat(failure).isNotNull();
        assertThat(failure.kind()).isEqualTo(Kind.MALFORMED);
        return failure;
    }
}
