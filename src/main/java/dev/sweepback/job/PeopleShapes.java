package dev.sweepback.job;

/** What files say about people: whose word is needed, and who has which role. */
final class PeopleShapes {

    private static final int MOST = 100;

    private PeopleShapes() {}

    static Shape approval() {
        return Shapes.section(
                Shape.Key.required("required", new Shape.Flag(), "whether a plan needs a word at all"),
                roles(),
                Shape.Key.optional("approvers", people(), "how many different people; 1 without it"),
                expiresAfter());
    }

    static Shape undo() {
        return Shapes.section(
                Shape.Key.required("approvers", people(), "how many different people"), roles(), expiresAfter());
    }

    static Shape actors() {
        return new Shape.Named(Format.ACTOR, new Shape.Listing(Shapes.NAME, true));
    }

    private static Shape people() {
        return new Shape.Count(1, MOST);
    }

    private static Shape.Key roles() {
        return Shape.Key.optional(
                "roles",
                new Shape.Listing(Shapes.NAME, true),
                "any of these roles counts; " + PolicyPeople.APPROVER + " without it");
    }

    private static Shape.Key expiresAfter() {
        return Shape.Key.optional("expiresAfter", Shapes.TIME, "for how long a word counts; 8h without it");
    }
}
