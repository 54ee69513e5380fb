package io.leeway.drift;

import io.leeway.contracts.Loop;

/** Identities that a replay gives again; the loop's birth keeps those of a deleted loop apart from its namesake's. */
final class Identity {
    private Identity() {}

    static String of(Loop loop, String what, long serial) {
        return loop.name() + "-" + Long.toString(loop.createdAt().toEpochMilli(), 36) + "-" + what + "-" + serial;
    }
}
