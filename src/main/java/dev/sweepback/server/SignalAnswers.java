package dev.sweepback.server;

import dev.sweepback.server.SignalCounts.Result;
import dev.sweepback.upgrade.SignalAnswer;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Answers signals, and counts what it answers. */
final class SignalAnswers {

    private final SignalCounts counts;
    private final RefusedSignals refused;

    SignalAnswers(SignalCounts counts, RefusedSignals refused) {
        this.counts = counts;
        this.refused = refused;
    }

    /** @param answer empty if nothing follows from the signal */
    void give(Context context, Receiver receiver, Optional<SignalAnswer> answer) {
        if (answer.isEmpty()) {
            accept(context, receiver, Result.NOTHING, "nothing to do");
            return;
        }
        SignalAnswer given = answer.get();
        switch (given.verdict()) {
            case RECORDED -> accept(context, receiver, Result.RECORDED, given.what());
            case ALREADY -> accept(context, receiver, Result.ALREADY, given.what());
            case UNKNOWN_UPGRADE -> refuse(context, receiver, refusal(Refusal.UNKNOWN_UPGRADE, given));
            case OTHER_ENVIRONMENT -> refuse(context, receiver, refusal(Refusal.ENVIRONMENT, given));
            case NOT_POSSIBLE -> refuse(context, receiver, refusal(Refusal.STATE, given));
        }
    }

    private static SignalRefused refusal(Refusal refusal, SignalAnswer answer) {
        return new SignalRefused(refusal, answer.what(), answer.remedy());
    }

    private void accept(Context context, Receiver receiver, Result result, String what) {
        counts.accepted(receiver, result);
        ObjectNode body = JsonMapper.shared().createObjectNode();
        body.put("result", result.word()).put("what", what);
        JsonAnswer.give(context, 200, body);
    }

    void refuse(Context context, Receiver receiver, SignalRefused refusal) {
        counts.refused(receiver, refusal.refusal());
        refused.add(receiver, refusal.refusal());
        refusal.retryAfter().ifPresent(wait -> context.header("Retry-After", String.valueOf(seconds(wait))));
        ObjectNode body = JsonMapper.shared().createObjectNode();
        body.putObject("error")
                .put("code", code(refusal.refusal()))
                .put("what", refusal.getMessage())
                .put("where", receiver.word())
                .put("remedy", refusal.remedy());
        JsonAnswer.give(context, refusal.refusal().status(), body);
    }

    /** Whoever cannot prove who they are learn no more than that. */
    private static String code(Refusal refusal) {
        return switch (refusal) {
            case SIGNATURE, CLOCK -> "not-believed";
            default -> refusal.word();
        };
    }

    private static long seconds(Duration wait) {
        return Math.max(1, wait.plusNanos(999_999_999).toSeconds());
    }
}
