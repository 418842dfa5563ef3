package dev.sweepback.adapter.unleash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sweepback.adapter.http.Http;
import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.ReadList;
import dev.sweepback.adapter.http.Request;
import dev.sweepback.connector.Answer;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Handover;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.Redaction;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.connector.Reversible;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.Secret;
import dev.sweepback.connector.SecretRef;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Writer;
import dev.sweepback.sandbox.Faults;
import dev.sweepback.sandbox.Traffic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** What Unleash does with integrations, tokens and flags that are deleted, and a client would not expect, by number. */
class UnleashWebhookTrapsTest extends FlagStory {

    private static final SecretRef HIDDEN = new SecretRef.Environment("HIDDEN");
    private static final String TARGET = "https://dten.example.com/hook?k=k9-credential";

    private String hidden = "";

    private int webhook(boolean enabled) {
        ObjectNode webhook = json().put("provider", "webhook").put("enabled", enabled);
        webhook.put("description", "upgrade hook");
        webhook.putObject("parameters").put("url", TARGET).put("authorization", "Bearer b7-credential");
        webhook.putArray("events").add("feature-archived");
        return twin.addAddon(webhook);
    }

    private UnleashWebhooks webhooks(HttpClients clients) {
        return new UnleashWebhooks(
                clients,
                reference -> new Secret(reference.equals(HIDDEN) ? hidden : twin.token()),
                clock,
                new Redaction("key".getBytes(StandardCharsets.UTF_8)));
    }

    private Capture.Present webhook(int id) {
        try (Reader reader = webhooks(http).reader(connection())) {
            return (Capture.Present)
                    reader.capture(List.of(new ResourceRef("webhook", "unleash", Integer.toString(id))))
                            .get(0);
        }
    }

    private Order order(int id, String action) {
        Capture.Present now = webhook(id);
        return new Order(new OperationId("apply"), now.ref(), action, now.state(), clock.instant(), withSecret());
    }

    private static Instructions withSecret() {
        return new Instructions(Scope.WHOLE, Handover.LOCAL, Optional.of(HIDDEN), false);
    }

    private Answer apply(Order order) {
        try (Writer writer = webhooks(http).writer(connection())) {
            return writer.apply(List.of(order)).get(0);
        }
    }

    private Answer revert(Order order, State after) {
        try (Writer writer = webhooks(http).writer(connection())) {
            return writer.revert(List.of(new Reversal(
                            new OperationId("revert"),
                            order.resource(),
                            order.action(),
                            order.before(),
                            after,
                            clock.instant(),
                            order.instructions())))
                    .get(0);
        }
    }

    private List<String> paths(String method) {
        return twin.traffic().exchanges().stream()
                .filter(exchange -> exchange.method().equals(method))
                .map(Traffic.Exchange::path)
                .toList();
    }

    /**
     * 7: an event for an integration that was enabled less than a minute ago, and is deleted, ends the server. Recordings:
     * {@code addon-delete}, {@code addon-update-disable-masked}.
     */
    @Test
    void anEnabledWebhookIsNotDeleted() {
        add("a");
        int id = webhook(true);

        Answer answer = apply(order(id, "remove"));
        clock.advance(Duration.ofSeconds(30));
        twin.archive("default", "a");

        assertThat(failure(answer).kind()).isEqualTo(Kind.CONFLICT);
        assertThat(failure(answer).remedy()).contains("action: disable, quarantine: 2m or more, then: remove");
        assertThat(paths("DELETE")).isEmpty();
        assertThat(twin.crashed()).isFalse();
    }

    /** 7: disabling acts late. Recording: {@code addon-update-disable-masked}. */
    @Test
    void aWebhookIsDeletedOnlyWhenItHasBeenDisabledForOverAMinute() {
        add("a", "b");
        int id = webhook(true);
        twin.archive("default", "a");
        apply(order(id, "disable"));
        clock.advance(Duration.ofSeconds(40));
        Order order = order(id, "remove");

        Answer early = apply(order);
        clock.advance(Duration.ofSeconds(26));
        Answer late = apply(order);
        twin.archive("default", "b");

        assertThat(failure(early)).hasMessageContaining("was changed 40 s ago");
        assertThat(late).isInstanceOf(Answer.Accepted.class);
        assertThat(paths("DELETE")).hasSize(1);
        assertThat(twin.crashed()).isFalse();
    }

    /** 8: what is hidden is read as a mask, and the mask is not what it was. Recordings: {@code addon-get}, {@code addons-list}. */
    @Test
    void theMaskIsNeverPartOfASnapshot() {
        State state = webhook(webhook(true)).state();

        assertThat(state.content().toString()).doesNotContain("*****");
        assertThat(state.content().path("masked")).hasSize(2);
    }

    /** 8: written back with the mask, hidden values stay. Recording: {@code addon-update-disable-masked}. */
    @Test
    void disablingAndUndoKeepWhatIsHidden() {
        int id = webhook(true);
        ObjectNode before = twin.dump();
        Order order = order(id, "disable");

        Answer disabled = apply(order);
        State after = webhook(id).state();
        Answer answer = revert(order, after);

        assertThat(disabled).isInstanceOf(Answer.Accepted.class);
        assertThat(WebhookState.isEnabled(after)).isFalse();
        assertThat(answer).isInstanceOf(Answer.Accepted.class);
        assertThat(twin.dump()).isEqualTo(before);
    }

    /** 8: created with the mask, the mask is what it delivers to. Recording: {@code addon-recreate-from-masked}. */
    @Test
    void aWebhookIsNotCreatedAgainWithoutWhatIsHidden() {
        int id = webhook(false);
        Order order = order(id, "remove");
        hidden = "{\"" + id + "\": {\"url\": \"" + TARGET + "\"}}";
        apply(order);

        Answer answer = revert(order, State.ABSENT);

        assertThat(failure(answer).kind()).isEqualTo(Kind.SECRET);
        assertThat(failure(answer)).hasMessageContaining("no text at " + id + ".authorization");
        assertThat(paths("POST")).isEmpty();
    }

    /** 8: so that removing it is refused beforehand. Recording: {@code addon-recreate-from-masked}. */
    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "no JSON", "{}", "{\"7\": {\"url\": \"https://other.example.com\"}}"})
    void aWebhookThatCouldNotBeCreatedAgainIsNotRemoved(String secret) {
        hidden = secret;
        Resource resource = webhook(webhook(false)).resource();

        Reversible with = webhooks(http).reversible("remove", resource, withSecret());
        Reversible without = webhooks(http).reversible("remove", resource, Instructions.NONE);

        assertThat(with.reversibility()).isEqualTo(Reversibility.NONE);
        assertThat(with.lost()).singleElement().asString().startsWith("secret 'env:HIDDEN': ");
        assertThat(without.lost())
                .containsExactly("Unleash hides its authorization, url, and the step has no 'secretRef'");
    }

    /** 8: the answer to a change has all in clear, whatever becomes of it. Recordings: {@code addon-update-disable-masked}, {@code addon-create-webhook}. */
    @Test
    void whatUnleashAnswersInClearIsNotPassedOn() {
        int id = webhook(true);
        Order order = order(id, "disable");
        String clear = "{\"name\":\"BadDataError\",\"message\":\"bad url " + TARGET + " Bearer b7-credential\"}";
        twin.faults().next(Faults.request("PUT", ".*/addons/.*")).answer(400, "application/json", clear);

        ConnectorException failure = failure(apply(order));

        assertThat(failure.getMessage() + failure.remedy() + order.before() + order)
                .doesNotContain("k9-credential")
                .doesNotContain("b7-credential");
    }

    /** 9: tokens stand in clear in lists and in paths: no list is asked for. Recordings: {@code api-tokens-list}, {@code api-token-delete}. */
    @Test
    void noTokenIsEverListedOrNamedInAPath() {
        add("a");
        List<String> sent = new ArrayList<>();
        try (HttpClients clients = new HttpClients(clock::advance, next -> noting(sent, next));
                Reader flags = new UnleashFlags(clients, reference -> new Secret(twin.token())).reader(connection());
                Reader hooks = webhooks(clients).reader(connection())) {
            flags.find(Scope.WHOLE);
            flags.capture(List.of(new ResourceRef("flag", "unleash", "a")));
            hooks.find(Scope.WHOLE);
        }

        assertThat(sent).isNotEmpty().noneMatch(path -> path.contains("token"));
        for (ReadList reads : List.of(UnleashFlags.READS, UnleashWebhooks.READS)) {
            ConnectorException refused = catchThrowableOfType(
                    ConnectorException.class,
                    () -> http.reading(connection(), reads).send(Request.get("/api/admin/api-tokens")));
            assertThat(refused.kind()).isEqualTo(Kind.NOT_A_READ);
        }
    }

    private static Http noting(List<String> sent, Http next) {
        return request -> {
            sent.add(request.path() + "?" + request.query());
            return next.send(request);
        };
    }

    /**
     * 12: a flag that is deleted within a second of being archived ends the server, which then records the archiving of a flag
     * that is not there. The lifecycle tells that it has: {@code search-archived}.
     */
    @Test
    void aFlagIsDeletedOnlyWhenItsArchivingIsRecorded() {
        add("a", "b");
        List<Order> orders = List.of(removal("a"), removal("b"));

        List<Answer> answers = apply(orders);

        assertThat(answers).allMatch(Answer.Accepted.class::isInstance);
        assertThat(look(orders.get(0)).progress()).isEqualTo(Progress.DONE);
        assertThat(look(orders.get(1)).progress()).isEqualTo(Progress.DONE);
    }

    private Order removal(String flag) {
        Order order = order(flag);
        return new Order(
                order.operation(), order.resource(), "remove", order.before(), order.announcedAt(), Instructions.NONE);
    }

    /** 13: deleting a flag that is not archived is answered with 200 and recorded. Recordings: {@code batch-delete-not-archived}, {@code hard-delete-not-archived}. */
    @Test
    void aFlagThatDidNotGoIntoTheArchiveIsNotAskedToBeDeleted() {
        add("a");
        Order order = removal("a");
        twin.faults()
                .next(Faults.request("POST", "/api/admin/projects/default/archive"))
                .answer(202, "application/json", "");

        Answer answer = apply(List.of(order)).get(0);

        assertThat(failure(answer).kind()).isEqualTo(Kind.CONFLICT);
        assertThat(twin.events("feature-deleted", "a")).isZero();
        assertThat(look(order).progress()).isEqualTo(Progress.NOT_BEGUN);
    }
}
