package io.leeway.feedback.kafka;

import java.time.Duration;

/**
 * When the join looks for what is due.
 *
 * @param tick how often
 * @param eventsPerTick how many events it closes in one go
 * @param progress how far the join has come
 */
record JoinTiming(Duration tick, int eventsPerTick, Progress progress) {}
