package io.leeway.kit;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes event ids for those who bring none: UUID version 7 (RFC 9562), which sort by time. Thread safe. */
@Singleton
public class EventIds {
    private final Clock clock;
    private final ThreadLocal<SplittableRandom> randoms;

    /** @param random where each thread's own generator gets its seed from: a strong one is slow, and ids need not be secret */
    public EventIds(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.randoms = ThreadLocal.withInitial(() -> new SplittableRandom(random.nextLong()));
    }

    public String next() {
        SplittableRandom random = randoms.get();
        long high = (clock.millis() << 16) | 0x7000L | (random.nextLong() & 0x0FFFL);
        long low = 0x8000000000000000L | (random.nextLong() >>> 2);
        return new UUID(high, low).toString();
    }
}
