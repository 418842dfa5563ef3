package dev.sweepback.connector;

/** How far a task has come, found by looking. */
public enum Progress {
    /** The system is in the state that the task aims at. */
    DONE,
    /** The system is in the state from before the task. */
    NOT_BEGUN,
    /** Some of the task's requests took effect, and nothing else did: sending the task again finishes it. */
    PARTLY,
    /** The system is in a state that the task neither starts from nor leads to: somebody else changed it. */
    FOREIGN,
    /** The look failed: nothing is known. */
    UNKNOWN
}
