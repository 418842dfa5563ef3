package dev.sweepback.server;

import dev.sweepback.journal.JournalException;
import dev.sweepback.upgrade.Signal;
import dev.sweepback.upgrade.SignalAnswer;
import dev.sweepback.upgrade.Signals;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signals from outside: {@code POST /v1/upgrades/ID/events}, {@code /v1/signals/github} and {@code /v1/signals/argocd}. What costs
 * more comes later: the limit, the size, who sent it, what it says, and the journal at the end.
 */
public final class SignalRoutes implements Routes {

    private static final Logger LOG = LoggerFactory.getLogger(SignalRoutes.class);
    private static final String JSON = "application/json";
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private final SignalReader webhooks;
    private final SignalReader github;
    private final SignalReader argocd;
    private final Signals signals;
    private final SignalLimits limits;
    private final SignalAnswers answers;
    private final SignalBody strangers;
    private final SignalBody known;

    /** @param perMinute how many one source may send */
    public SignalRoutes(
            SignalKeys keys, int perMinute, Signals signals, SignalCounts counts, RefusedSignals refused, Clock clock) {
        this.webhooks = new StandardWebhooks(keys.webhooks(), clock);
        this.github = new GithubDeployments(keys.github());
        this.argocd = new ArgocdNotifications(keys.argocd());
        this.signals = signals;
        this.limits = new SignalLimits(perMinute, clock);
        this.answers = new SignalAnswers(counts, refused);
        this.strangers = new SignalBody(clock);
        this.known = new SignalBody(clock);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post(
                "/v1/upgrades/{id}/events", context -> answer(context, webhooks, Optional.of(context.pathParam("id"))));
        routes.post("/v1/signals/github", context -> answer(context, github, Optional.empty()));
        routes.post("/v1/signals/argocd", context -> answer(context, argocd, Optional.empty()));
    }

    private void answer(Context context, SignalReader reader, Optional<String> upgrade) {
        Receiver receiver = reader.receiver();
        try {
            String source = source(context);
            letIn(receiver, source);
            SignalRequest request = request(context, reader, source, upgrade);
            reader.verify(request);
            limits.believed(receiver, source);
            answers.give(context, receiver, reader.read(request).map(signal -> follow(receiver, signal)));
        } catch (SignalRefused e) {
            answers.refuse(context, receiver, e);
        } catch (JournalException e) {
            LOG.error(
                    "{}; a signal of {} is not followed, its sender is asked to send it again",
                    e.getMessage(),
                    receiver.word());
            answers.refuse(context, receiver, failed(Refusal.JOURNAL));
        } catch (RuntimeException e) {
            // Without its message, which may quote what came.
            LOG.error(
                    "an unexpected {} at {}; a signal of {} is not followed",
                    e.getClass().getSimpleName(),
                    Arrays.stream(e.getStackTrace()).findFirst(),
                    receiver.word());
            answers.refuse(context, receiver, failed(Refusal.UNEXPECTED));
        }
    }

    private SignalAnswer follow(Receiver receiver, Signal signal) {
        SignalAnswer answer = signals.receive(signal);
        if (answer.verdict() == SignalAnswer.Verdict.RECORDED) {
            LOG.info("signal of {}: {}", receiver.word(), answer.what());
        }
        return answer;
    }

    private static SignalRefused failed(Refusal refusal) {
        return new SignalRefused(refusal, "it could not be recorded", "send it again; the daemon's log says why")
                .retryAfter(AGAIN);
    }

    private static String source(Context context) {
        List<String> forwarded = Collections.list(context.req().getHeaders("X-Forwarded-For"));
        return Source.of(context.req().getRemoteAddr(), forwarded);
    }

    private void letIn(Receiver receiver, String source) {
        Optional<Duration> wait = limits.take(receiver, source);
        if (wait.isPresent()) {
            throw new SignalRefused(Refusal.LIMIT, "there are too many signals", "wait, then send it again")
                    .retryAfter(wait.get());
        }
    }

    private SignalRequest request(Context context, SignalReader reader, String source, Optional<String> upgrade) {
        if (!reader.isConfigured()) {
            throw new SignalRefused(
                    Refusal.NOT_CONFIGURED,
                    "not configured",
                    "name a secret under " + reader.receiver().key() + " and restart the daemon");
        }
        String type = Optional.ofNullable(context.contentType()).orElse("");
        if (!type.split(";", -1)[0].strip().toLowerCase(Locale.ROOT).equals(JSON)) {
            throw new SignalRefused(Refusal.CONTENT_TYPE, "it is not " + JSON, "send it with Content-Type: " + JSON);
        }
        // Strangers who send slowly keep nobody from being read who was believed.
        SignalBody bodies = limits.wasBelieved(reader.receiver(), source) ? known : strangers;
        byte[] body = bodies.read(context.bodyInputStream(), context.req().getContentLengthLong(), reader.mostBytes());
        return new SignalRequest(name -> Optional.ofNullable(context.header(name)), upgrade, body);
    }
}
