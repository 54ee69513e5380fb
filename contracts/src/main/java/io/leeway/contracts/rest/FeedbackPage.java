package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.leeway.contracts.Feedback;
import java.util.List;

/** Part of a loop's feedback, the newest first. */
public record FeedbackPage(
        @JsonPropertyDescription("the newest revision of each event's feedback, by the time it was made")
        List<Feedback> feedback,

        @JsonPropertyDescription("what to give as after for the next page; absent on the last one")
        String next) {}
