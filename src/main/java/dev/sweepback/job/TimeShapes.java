package dev.sweepback.job;

import java.time.DayOfWeek;
import java.util.List;
import java.util.stream.Stream;

/** What files may say about hours and freezes. */
final class TimeShapes {

    static final List<String> DAYS =
            Stream.of(DayOfWeek.values()).map(Hours::word).toList();

    private static final Shape TIME_OF_DAY = new Shape.Text(Format.TIME_OF_DAY);
    private static final Shape DATE_OR_TIME = new Shape.Text(Format.DATE_OR_TIME);

    private TimeShapes() {}

    static Shape.Section hours() {
        return Shapes.section(
                Shape.Key.required("days", new Shape.Listing(new Shape.Word(DAYS), true), "on which the hours begin"),
                Shape.Key.required("from", TIME_OF_DAY, "when they begin"),
                Shape.Key.required(
                        "to", TIME_OF_DAY, "when they end; not after from is on the next day, the same is a whole day"),
                zone());
    }

    static Shape.Section freeze() {
        return Shapes.section(
                Shape.Key.required("name", Shapes.LINE, "unique among the freezes"),
                Shape.Key.required("from", DATE_OR_TIME, "when it begins; a date with its first instant"),
                Shape.Key.required("until", DATE_OR_TIME, "when it is over; a date with its last instant"),
                zone());
    }

    private static Shape.Key zone() {
        return Shape.Key.optional("timezone", Shapes.LINE, "for example Europe/Berlin; UTC without it");
    }
}
