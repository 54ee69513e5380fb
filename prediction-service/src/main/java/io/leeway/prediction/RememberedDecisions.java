package io.leeway.prediction;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.leeway.contracts.Decision;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The decisions of the last minutes by loop and event id, bounded in number and time. Thread safe. */
@Singleton
public class RememberedDecisions {
    /** Actions that an entry holds before it counts as more than one. */
    private static final int ACTIONS_PER_ANSWER = 16;

    private final Cache<Key, Remembered> cache;

    private record Key(String loop, String eventId) {}

    @Inject
    public RememberedDecisions(PredictionConfig config) {
        this(config.remembered(), Ticker.systemTicker());
    }

    RememberedDecisions(PredictionConfig.Remembered config, Ticker ticker) {
        this.cache = Caffeine.newBuilder()
                .expireAfterWrite(config.time())
                .maximumWeight((long) config.answers() * ACTIONS_PER_ANSWER)
                .<Key, Remembered>weigher((key, entry) -> Math.max(ACTIONS_PER_ANSWER, entry.actions()))
                .ticker(ticker)
                .build();
    }

    /** Null if it is not known, or not any more. */
    Remembered find(String loop, String eventId) {
        return cache.getIfPresent(new Key(loop, eventId));
    }

    /** Keeps the decision unless another call of the same event id came first; returns what is kept. */
    Remembered keep(RequestDigest digest, Decision decision) {
        Remembered mine = new Remembered(digest, decision);
        Remembered first = cache.asMap().putIfAbsent(new Key(decision.loop(), decision.eventId()), mine);
        return first == null ? mine : first;
    }

    public boolean knows(String loop, String eventId) {
        return find(loop, eventId) != null;
    }

    /** Keeps what is about to be logged, unless another call of the same event id came first. */
    public boolean claim(String loop, String eventId, Remembered mine) {
        return cache.asMap().putIfAbsent(new Key(loop, eventId), mine) == null;
    }

    void forget(Decision decision) {
        forget(decision.loop(), decision.eventId());
    }

    public void forget(String loop, String eventId) {
        cache.invalidate(new Key(loop, eventId));
    }
}
