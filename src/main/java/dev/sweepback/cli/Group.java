package dev.sweepback.cli;

import java.util.List;

/** A command that only holds others. */
interface Group {

    List<Object> commands();
}
