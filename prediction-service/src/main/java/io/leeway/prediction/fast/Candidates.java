package io.leeway.prediction.fast;

import io.leeway.core.features.HashedRow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The actions that a decision chooses among: all that were offered, and which of them are eligible. */
final class Candidates {
    private final byte[] source;
    private final Spans ids;
    private final int[] eligible;

    private Candidates(byte[] source, Spans ids, int[] eligible) {
        this.source = source;
        this.ids = ids;
        this.eligible = eligible;
    }

    /** @throws NotPlainException if an exclusion is unknown, or nothing is left */
    static Candidates of(PlainRequest offering, Spans excluded) {
        Spans ids = offering.ids();
        boolean[] out = new boolean[ids.count()];
        for (int i = 0; i < excluded.count(); i++) {
            int at = ids.indexOf(excluded.hash(i));
            if (at < 0) {
                throw new NotPlainException();
            }
            out[at] = true;
        }
        int[] eligible = new int[ids.count() - excluded.count()];
        if (eligible.length == 0) {
            throw new NotPlainException();
        }
        for (int i = 0, next = 0; i < out.length; i++) {
            if (!out[i]) {
                eligible[next++] = i;
            }
        }
        return new Candidates(offering.body(), ids, eligible);
    }

    /** How many were offered. */
    int offered() {
        return ids.count();
    }

    /** How many are eligible. */
    int size() {
        return eligible.length;
    }

    /** Place among those offered. */
    int place(int candidate) {
        return eligible[candidate];
    }

    void putId(int candidate, JsonBuffer out) {
        int place = eligible[candidate];
        out.put(source, ids.from(place), ids.length(place));
    }

    /** Of rows of all that were offered, those of the eligible, and maybe more behind them. */
    List<HashedRow> eligible(List<HashedRow> offered) {
        if (eligible.length == ids.count()) {
            return offered;
        }
        List<HashedRow> chosen = new ArrayList<>(eligible.length);
        for (int place : eligible) {
            chosen.add(offered.get(place));
        }
        return chosen;
    }

    /** Ids of those that are eligible. */
    List<String> eligibleTexts() {
        List<String> texts = new ArrayList<>(eligible.length);
        for (int place : eligible) {
            texts.add(text(place));
        }
        return texts;
    }

    private String text(int place) {
        return new String(source, ids.from(place), ids.length(place), StandardCharsets.UTF_8);
    }

    /** Ids of all that were offered. */
    List<String> texts() {
        List<String> texts = new ArrayList<>(ids.count());
        for (int i = 0; i < ids.count(); i++) {
            texts.add(text(i));
        }
        return texts;
    }
}
