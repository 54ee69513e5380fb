package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Map;

/** What was seen of one input. */
public record InputDistribution(
        @JsonPropertyDescription("rows in which the input could have been")
        long rows,

        @JsonPropertyDescription("rows in which it was absent or null")
        long missing,

        @JsonPropertyDescription("numbers seen") long numbers,

        @JsonPropertyDescription("mean of the numbers; 0 without numbers")
        double mean,

        @JsonPropertyDescription("standard deviation of the numbers, unit of the input; 0 without numbers")
        double standardDeviation,

        @JsonPropertyDescription("quantiles of the numbers, evenly spaced in rank, at most 101, ascending")
        List<Double> quantiles,

        @JsonPropertyDescription("counts of the most frequent words, at most 100")
        Map<String, Long> categories,

        @JsonPropertyDescription("count of all other words") long otherCategories) {}
