package dev.sweepback.gate;

import dev.sweepback.job.Approval;
import dev.sweepback.job.Counted;
import dev.sweepback.journal.Actor;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.PlanId;
import dev.sweepback.journal.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whose word a plan has at one moment, and whether that is enough: a fold over the record. A word is of one person, for one
 * digest, for a time; a rejection is final.
 *
 * @param words those that count, one of each person, oldest first
 * @param uncounted why others do not count, a sentence each
 * @param rejection who has rejected the plan
 */
public record Approvals(
        PlanId plan, Approval wanted, List<Word> words, List<String> uncounted, Optional<Entry> rejection) {

    /**
     * One person's word.
     *
     * @param seq the number of its entry
     * @param role the role that counts
     * @param expiresAt from then on it counts no longer
     */
    public record Word(long seq, Actor actor, String role, Instant expiresAt) {}

    /** In the entry of a word: until when it counts. */
    static final String EXPIRES_AT = "expiresAt";

    /** In the entries of plans and words: the digest of the plan. */
    static final String DIGEST = "digest";

    public Approvals {
        words = List.copyOf(words);
        uncounted = List.copyOf(uncounted);
    }

    /** Of a plan that was recorded; nobody's word for one that was not. */
    public static Approvals read(JournalReader journal, PlanId plan, Approval wanted, Roles roles, Instant now) {
        Optional<Entry> rejection =
                journal.first(Query.of(EntryType.PLAN_REJECTED).plan(plan));
        Optional<Entry> made = journal.first(Query.of(EntryType.PLAN_MADE).plan(plan));
        Map<String, Word> words = new LinkedHashMap<>();
        Map<String, String> uncounted = new LinkedHashMap<>();
        if (made.isPresent()) {
            for (Entry entry : journal.read(Query.of(EntryType.PLAN_APPROVED)
                    .plan(plan)
                    .after(made.get().seq()))) {
                String person = Roles.person(entry.actor());
                Optional<String> role = roles.counting(entry.actor(), wanted.roles());
                Optional<String> objection = objection(entry, made.get(), role, wanted, now);
                if (objection.isPresent()) {
                    uncounted.put(
                            person, "the word of " + entry.actor().name() + " does not count: " + objection.get());
                } else {
                    words.remove(person);
                    words.put(person, new Word(entry.seq(), entry.actor(), role.orElseThrow(), expiry(entry, wanted)));
                }
            }
        }
        uncounted.keySet().removeAll(words.keySet());
        return new Approvals(plan, wanted, List.copyOf(words.values()), List.copyOf(uncounted.values()), rejection);
    }

    private static Optional<String> objection(
            Entry word, Entry made, Optional<String> role, Approval wanted, Instant now) {
        if (!word.data(DIGEST).equals(made.data(DIGEST))) {
            return Optional.of("it is for another digest");
        }
        if (isPlanner(word.actor(), made)) {
            return Optional.of("who makes a plan does not approve it");
        }
        if (role.isEmpty()) {
            return Optional.of("the settings in use give " + Roles.person(word.actor()) + " no role "
                    + String.join(" or ", wanted.roles()));
        }
        if (word.time().isAfter(now.plus(ClockWatch.LARGEST_STEP))) {
            return Optional.of("it was given by a clock that was ahead (it says " + word.time() + ")");
        }
        Instant expiresAt = expiry(word, wanted);
        return now.isBefore(expiresAt) ? Optional.empty() : Optional.of("it expired at " + expiresAt);
    }

    /** Whether this is the one who made the plan. */
    static boolean isPlanner(Actor actor, Entry made) {
        return Roles.person(actor).equals(Roles.person(made.actor()));
    }

    /** What it says of itself, and never longer than the policy gives it. */
    private static Instant expiry(Entry word, Approval wanted) {
        Instant longest = word.time().plus(wanted.expiresAfter());
        return word.data(EXPIRES_AT)
                .map(Instant::parse)
                .filter(longest::isAfter)
                .orElse(longest);
    }

    public boolean isEnough() {
        return rejection.isEmpty() && words.size() >= wanted.approvers();
    }

    /** The word of this person that counts. */
    public Optional<Word> of(Actor actor) {
        return words.stream()
                .filter(word -> Roles.person(word.actor()).equals(Roles.person(actor)))
                .findFirst();
    }

    /** How things stand, in one line. */
    public String text() {
        if (rejection.isPresent()) {
            Entry no = rejection.get();
            return "plan " + plan + " was rejected by " + no.actor().name() + " at " + Left.minute(no.time())
                    + no.reason().map(reason -> ": " + reason).orElse("");
        }
        String by = words.stream()
                .map(word -> word.actor().name() + " until " + word.expiresAt())
                .collect(Collectors.joining(", ", " (", ")"));
        List<String> parts = new ArrayList<>();
        parts.add("plan " + plan + " has " + words.size() + " of "
                + Counted.text(wanted.approvers(), "approval") + " by the role "
                + String.join(" or ", wanted.roles()) + (words.isEmpty() ? "" : by));
        parts.addAll(uncounted);
        return String.join("; ", parts);
    }

    /** What gives one more word. */
    public String command() {
        return "sweepback approve " + plan + " --reason TEXT";
    }
}
