package io.leeway.contracts.rest;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** Part of a loop's events, the newest decision first. */
public record EventPage(
        @JsonPropertyDescription("events with a decision, by the time of it")
        List<Event> events,

        @JsonPropertyDescription("what to give as after for the next page; absent on the last one")
        String next) {}
