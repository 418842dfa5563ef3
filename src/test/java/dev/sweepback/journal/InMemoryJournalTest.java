package dev.sweepback.journal;

final class InMemoryJournalTest extends JournalContract {

    @Override
    protected Journal open() {
        return new InMemoryJournal(clock);
    }
}
