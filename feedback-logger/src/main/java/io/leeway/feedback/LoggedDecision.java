package io.leeway.feedback;

import io.leeway.contracts.Decision;

/**
 * A decision as it is to be stored.
 *
 * @param body as it was logged
 * @param position of its record; null where it came by another way
 */
public record LoggedDecision(Decision decision, String body, Position position) {}
