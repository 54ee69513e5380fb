package io.leeway.simulator.view;

/**
 * Something that happened during the traffic.
 *
 * @param name in a word or two, as {@code drift} or {@code alarm}
 * @param moment the traffic's position at that time
 */
public record Mark(String name, long moment) {}
