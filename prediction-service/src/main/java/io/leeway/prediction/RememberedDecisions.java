package io.leeway.prediction;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.leeway.contracts.Decision;
import io.leeway.contracts.Loop;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The decisions of the last minutes by loop and event id, bounded in number and time. Plain answers that stand in the log are kept as bytes
 * in a ring; other decisions as they are. Thread safe. Invariant: whoever makes a decision for an event id holds its claim from before it
 * is looked for until it is kept, so that no two calls make one.
 */
@Singleton
public class RememberedDecisions {
    /** Actions that an entry holds before it counts as more than one. */
    private static final int ACTIONS_PER_ANSWER = 16;

    private static final int BYTES_PER_ANSWER = 1280;

    private final ConcurrentMap<Key, Remembered> claims = new ConcurrentHashMap<>();
    private final Cache<Key, Remembered> cache;
    private final AnswerRing answers;

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
        this.answers = new AnswerRing(
                (long) config.answers() * BYTES_PER_ANSWER, config.time().toNanos(), ticker);
    }

    /** Null if it is not known, or not any more. */
    Remembered find(String loop, String eventId) {
        Key key = new Key(loop, eventId);
        Remembered claimed = claims.get(key);
        return claimed == null ? kept(key) : claimed;
    }

    private Remembered kept(Key key) {
        Remembered found = cache.getIfPresent(key);
        return found == null ? answers.find(key.loop(), key.eventId()) : found;
    }

    /** Keeps the decision unless another call of the same event id came first; returns what is kept. */
    Remembered keep(RequestDigest digest, Decision decision) {
        Key key = new Key(decision.loop(), decision.eventId());
        Remembered mine = new Remembered(digest, decision);
        Remembered first = claim(key, mine);
        if (first == mine) {
            cache.put(key, mine);
            claims.remove(key);
        }
        return first;
    }

    /**
     * Whose decision it is: that of the claim, or the one that is kept, or from now on {@code mine}. In one step, because a claim that is
     * given up again would be handed out meanwhile; whoever lifts a claim has kept the decision before.
     */
    private Remembered claim(Key key, Remembered mine) {
        Remembered[] kept = new Remembered[1];
        Remembered claimed = claims.compute(key, (same, held) -> {
            if (held != null) {
                return held;
            }
            kept[0] = kept(key);
            return kept[0] == null ? mine : null;
        });
        return claimed == null ? kept[0] : claimed;
    }

    public boolean knows(String loop, String eventId) {
        return find(loop, eventId) != null;
    }

    /** Claims an event id for what is about to be logged; false if it has been claimed or kept before. */
    public boolean claim(String loop, String eventId, Remembered mine) {
        return claim(new Key(loop, eventId), mine) == mine;
    }

    /** Keeps an answer that stands in the log, under an id that nobody can have asked for yet. */
    public void keep(Loop loop, String eventId, Remembered mine, boolean deferred, byte[] answer) {
        if (!answers.put(loop, eventId, mine.digest().hash(), deferred, answer)) {
            cache.put(new Key(loop.name(), eventId), mine);
        }
    }

    /** Keeps an answer that stands in the log, and lifts the claim of its event id. */
    public void settle(Loop loop, String eventId, Remembered mine, boolean deferred, byte[] answer) {
        keep(loop, eventId, mine, deferred, answer);
        claims.remove(new Key(loop.name(), eventId), mine);
    }

    /** Gives up what the log has no room for, so that the next call of its event id begins anew. */
    void giveUp(Remembered refused, LogUnavailableException why) {
        if (refused.giveUp(why)) {
            Decision decision = refused.decision();
            cache.asMap().remove(new Key(decision.loop(), decision.eventId()), refused);
        }
    }

    void forget(Decision decision) {
        forget(decision.loop(), decision.eventId());
    }

    public void forget(String loop, String eventId) {
        Key key = new Key(loop, eventId);
        cache.invalidate(key);
        answers.forget(loop, eventId);
        claims.remove(key);
    }
}
