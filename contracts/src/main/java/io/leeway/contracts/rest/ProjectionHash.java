package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Map;

/** What the database holds, in one number: the same rows in the same order give the same hash, wherever and whenever. */
public record ProjectionHash(
        @JsonPropertyDescription("the loop; absent for all of them")
        String loop,

        @JsonPropertyDescription("SHA-256 over the hashes of the tables, hex")
        String sha256,

        @JsonPropertyDescription("the tables") List<TableHash> tables,

        @JsonPropertyDescription(
                "end offsets (exclusive) by topic-partition, up to which the records are in these rows")
        Map<String, Long> offsets) {

    /** Rows of one table. */
    public record TableHash(
            @JsonPropertyDescription("name of the table") String table,
            @JsonPropertyDescription("number of its rows") long rows,

            @JsonPropertyDescription("SHA-256 of its rows in the order of their keys, hex")
            String sha256) {}
}
