package dev.sweepback.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What goes wrong at one twin. Each rule counts for the next matching requests only; rules are asked in the order in
 * which they were made. Safe for use from several threads.
 */
public final class Faults {

    private static final class Pending {
        private final Predicate<TwinRequest> which;
        private final Fault fault;
        private int remaining;

        Pending(Predicate<TwinRequest> which, int remaining, Fault fault) {
            this.which = which;
            this.remaining = remaining;
            this.fault = fault;
        }
    }

    private final List<Pending> pending = new ArrayList<>();
    private final List<HeldAnswer> holds = new ArrayList<>();

    Faults() {}

    /** A predicate for {@link #next} and {@link #hold}: the method, and a regular expression for the whole path. */
    public static Predicate<TwinRequest> request(String method, String path) {
        return request -> request.method().equals(method) && request.path().matches(path);
    }

    /** Begins a rule for the next matching request. */
    public Rule next(Predicate<TwinRequest> which) {
        return next(1, which);
    }

    /** Begins a rule for the next matching requests. */
    public Rule next(int times, Predicate<TwinRequest> which) {
        return new Rule(which, times);
    }

    /** Keeps the answer of the next matching request back, after it was carried out. */
    public HeldAnswer hold(Predicate<TwinRequest> which) {
        HeldAnswer held = new HeldAnswer();
        synchronized (pending) {
            holds.add(held);
        }
        add(new Pending(which, 1, new Fault.KeptBack(held)));
        return held;
    }

    /** Forgets all rules and lets every held answer go. */
    public void clear() {
        synchronized (pending) {
            pending.clear();
            holds.forEach(HeldAnswer::release);
            holds.clear();
        }
    }

    Optional<Fault> take(TwinRequest request) {
        synchronized (pending) {
            for (Iterator<Pending> rules = pending.iterator(); rules.hasNext(); ) {
                Pending rule = rules.next();
                if (rule.which.test(request)) {
                    rule.remaining--;
                    if (rule.remaining <= 0) {
                        rules.remove();
                    }
                    return Optional.of(rule.fault);
                }
            }
        }
        return Optional.empty();
    }

    private void add(Pending rule) {
        synchronized (pending) {
            pending.add(rule);
        }
    }

    /** A rule without its consequence. */
    public final class Rule {

        private final Predicate<TwinRequest> which;
        private final int times;

        private Rule(Predicate<TwinRequest> which, int times) {
            this.which = which;
            this.times = times;
        }

        /** Answers this and does not carry the request out. */
        public void answer(int status, String contentType, String body) {
            add(new Fault.Instead(new TwinResponse(status, Map.of("Content-Type", contentType), body)));
        }

        /** Answers 429 (or another status, GitHub also says 403) with {@code Retry-After} and does not carry the request out. */
        public void slowDown(int status, Duration retryAfter, String body) {
            add(new Fault.Instead(new TwinResponse(
                    status,
                    Map.of("Content-Type", "application/json", "Retry-After", Long.toString(retryAfter.toSeconds())),
                    body)));
        }

        /** Sends elsewhere, as a node behind a load balancer does, and does not carry the request out. */
        public void redirect(int status, String location) {
            add(new Fault.Instead(new TwinResponse(status, Map.of("Location", location), "")));
        }

        /** Carries the request out and sends headers and half of the body, then breaks off. */
        public void cutBody() {
            add(new Fault.CutBody());
        }

        /** Resets the connection; the request is not carried out. */
        public void reset() {
            add(new Fault.ResetBefore());
        }

        /** Carries the request out and resets the connection instead of answering. */
        public void resetAfterwards() {
            add(new Fault.ResetAfter());
        }

        /** Carries the request out and answers with JSON of another shape. */
        public void wrongJson() {
            add(new Fault.OtherBody("application/json", "{\"unexpected\":[1,{\"shape\":true}]}"));
        }

        /** Carries the request out and answers with something that only claims to be JSON. */
        public void brokenJson() {
            add(new Fault.OtherBody("application/json", "{\"unexpected\":[1,"));
        }

        /** Carries the request out and answers with a page, as a proxy in between does. */
        public void html() {
            add(new Fault.OtherBody("text/html", "<html><body><h1>It works!</h1></body></html>"));
        }

        /** Carries the request out at once and answers late. */
        public void lateAnswer(Duration delay) {
            add(new Fault.LateAfter(delay));
        }

        /** Waits, then carries the request out and answers. */
        public void lateEffect(Duration delay) {
            add(new Fault.LateBefore(delay));
        }

        private void add(Fault fault) {
            Faults.this.add(new Pending(which, times, fault));
        }
    }
}
