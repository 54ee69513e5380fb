package io.leeway.feedback.kafka;

import java.time.Instant;

/** How far the join has come, over all of its instances. */
interface Progress {
    /** Every record that was on the join's topics at this time has been joined; {@link Instant#MIN} while that is not known. */
    Instant joinedUntil();
}
