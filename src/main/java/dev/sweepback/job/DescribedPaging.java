package dev.sweepback.job;

import java.util.Optional;

/**
 * How a list is read to its end.
 *
 * @param query the query parameter that names the page, the offset or the cursor; empty for {@link Way#NONE} and {@link
 *     Way#LINK}
 * @param first the number of the first page, or the first offset
 * @param sizeQuery the query parameter that asks for a size
 * @param size the size asked for
 * @param next JSON pointer to the next cursor, or to what is null or missing on the last page
 * @param total JSON pointer to how many items there are in all pages
 */
public record DescribedPaging(
        Way way,
        String query,
        int first,
        Optional<String> sizeQuery,
        int size,
        Optional<String> next,
        Optional<String> total) {

    /** How pages follow each other. */
    public enum Way {
        /** One answer has it all. */
        NONE,
        /** A {@code Link} header of RFC 8288 names the next page. */
        LINK,
        /** The answer has a cursor that asks for the next page. */
        CURSOR,
        /** Pages are counted. */
        PAGE,
        /** Items are counted. */
        OFFSET
    }
}
