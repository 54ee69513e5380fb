package io.leeway.drift.webhook;

/** A delivery that must not be tried; its message holds no secret and no path. */
final class RefusedException extends RuntimeException {
    RefusedException(String why) {
        super(why);
    }
}
