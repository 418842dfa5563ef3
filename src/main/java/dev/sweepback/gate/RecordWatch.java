package dev.sweepback.gate;

import dev.sweepback.upgrade.Upgrades;
import java.time.Instant;
import java.util.function.Function;

/** Somebody's patience with checks, which ends when the record closes the gate meanwhile: a pause, a roll-back. */
final class RecordWatch implements Patience {

    private final Patience patience;
    private final Function<Question, GateState> record;
    private Question question;

    RecordWatch(Patience patience, Question question, Function<Question, GateState> record) {
        this.patience = patience;
        this.question = question;
        this.record = record;
    }

    @Override
    public boolean until(Instant instant) {
        if (!patience.until(instant)) {
            return false;
        }
        question = new Question(
                question.job(),
                question.policy(),
                Upgrades.find(question.journal(), question.upgrade().id()).orElse(question.upgrade()),
                question.purpose(),
                question.journal(),
                instant.isAfter(question.now()) ? instant : question.now(),
                question.next());
        return record.apply(question).isOpen();
    }

    /** As it is to be asked now. */
    Question question() {
        return question;
    }
}
