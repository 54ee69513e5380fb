package io.leeway.prediction.fast;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.leeway.core.features.FeatureEncoder;
import io.leeway.core.features.HashedPaths;
import io.leeway.core.features.HashedRow;
import io.leeway.core.features.LeafNode;
import io.leeway.prediction.RequestDigest;
import io.leeway.prediction.StructureHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A decision request as it is read from its bytes: the places of its parts, and the columns of its features. It knows the fields {@code
 * eventId}, {@code context}, {@code actions} with {@code id} and {@code features}, {@code excluded} and {@code deferred}; any other, or
 * anything wrong, is not plain. Reused; not thread safe.
 */
final class PlainRequest {
    private static final int LONGEST_ID = 200;
    private static final int MOST_EXCLUDED = 32;
    private static final int MOST_COLUMNS = 1 << 20;
    private static final JsonScanner.Key EVENT_ID = key("eventId");
    private static final JsonScanner.Key CONTEXT = key("context");
    private static final JsonScanner.Key ACTIONS = key("actions");
    private static final JsonScanner.Key EXCLUDED = key("excluded");
    private static final JsonScanner.Key DEFERRED = key("deferred");
    private static final JsonScanner.Key ID = key("id");
    private static final JsonScanner.Key FEATURES = key("features");
    private static final byte[] TRUE = "true".getBytes(ISO_8859_1);
    private static final byte[] FALSE = "false".getBytes(ISO_8859_1);

    private final JsonScanner in = new JsonScanner();
    private final KeyOrder contextOrder = new KeyOrder();
    private final KeyOrder actionOrder = new KeyOrder();
    private final FeatureReader features = new FeatureReader(in);
    private final Span eventId = new Span();
    private final Span context = new Span();
    private final Span actions = new Span();
    private final Spans ids = new Spans();
    private final Spans excluded = new Spans();
    private boolean deferred;
    private boolean excludedGiven;
    private boolean deferredGiven;
    private long contextHash;
    private long actionsHash;
    private final HashedPaths paths = new HashedPaths();
    private final HashedRow contextRow = new HashedRow();
    private final List<HashedRow> actionRows = new ArrayList<>();
    private boolean hashing;
    private float[] contextColumns = new float[256];
    private float[] actionColumns = new float[1024];

    private static JsonScanner.Key key(String ascii) {
        return new JsonScanner.Key(ascii.getBytes(ISO_8859_1));
    }

    /** A part of the body; absent if it ends where it begins, at 0. */
    static final class Span {
        private int from;
        private int to;

        int from() {
            return from;
        }

        int length() {
            return to - from;
        }

        boolean isPresent() {
            return to > 0;
        }

        private void clear() {
            from = 0;
            to = 0;
        }

        private void set(int begin, int end) {
            if (isPresent()) {
                throw new NotPlainException();
            }
            from = begin;
            to = end;
        }
    }

    /**
     * Reads a body.
     *
     * @param encoder null where there is no model, or it has none
     * @param hashed whether the model wants hashed features
     */
    void read(byte[] body, FeatureEncoder encoder, boolean hashed, int mostActions) {
        hashing = hashed;
        in.start(body);
        clear();
        if (encoder != null) {
            contextColumns = atLeast(contextColumns, encoder.contextWidth());
            encoder.clearContext(contextColumns);
        }
        in.expect('{');
        if (!in.takes('}')) {
            do {
                field(encoder, mostActions);
            } while (in.takes(','));
            in.expect('}');
        }
        in.end();
    }

    private void clear() {
        eventId.clear();
        context.clear();
        actions.clear();
        ids.clear();
        excluded.clear();
        deferred = false;
        excludedGiven = false;
        deferredGiven = false;
        contextHash = RequestDigest.EMPTY;
        contextRow.clear();
    }

    private void field(FeatureEncoder encoder, int mostActions) {
        if (in.takes(CONTEXT)) {
            in.peek();
            int from = in.at();
            contextHash = features.read(contextRoot(encoder), contextOrder, contextColumns, 0);
            contextRow.sort();
            context.set(from, in.at());
        } else if (in.takes(ACTIONS)) {
            in.peek();
            int from = in.at();
            readActions(encoder, mostActions);
            actions.set(from, in.at());
        } else if (in.takes(EVENT_ID)) {
            id();
            eventId.set(in.textFrom(), in.textTo());
        } else if (!excludedGiven && in.takes(EXCLUDED)) {
            excludedGiven = true;
            readExcluded();
        } else if (!deferredGiven && in.takes(DEFERRED)) {
            deferredGiven = true;
            deferred = in.peek() == 't';
            in.literal(deferred ? TRUE : FALSE);
        } else {
            throw new NotPlainException();
        }
    }

    private void readActions(FeatureEncoder encoder, int mostActions) {
        in.expect('[');
        long hash = RequestDigest.NONE;
        do {
            if (ids.count() == mostActions) {
                throw new NotPlainException();
            }
            hash = StructureHash.ofNext(hash, action(encoder));
        } while (in.takes(','));
        in.expect(']');
        actionsHash = hash;
        ids.requireDistinct();
    }

    private LeafNode contextRoot(FeatureEncoder encoder) {
        return hashing ? paths.into(contextRow) : encoder == null ? null : encoder.contextRoot();
    }

    private LeafNode actionRoot(FeatureEncoder encoder, int action) {
        return hashing ? paths.into(actionRows.get(action)) : encoder == null ? null : encoder.actionRoot();
    }

    private void clearRow(int action) {
        if (actionRows.size() == action) {
            actionRows.add(new HashedRow());
        }
        actionRows.get(action).clear();
    }

    /** Returns the hash of the action. */
    private long action(FeatureEncoder encoder) {
        int width = encoder == null ? 0 : encoder.actionWidth();
        int offset = ids.count() * width;
        if (offset + width > MOST_COLUMNS) {
            throw new NotPlainException();
        }
        actionColumns = atLeast(actionColumns, offset + width);
        if (encoder != null) {
            encoder.clearAction(actionColumns, offset);
        }
        int before = ids.count();
        if (hashing) {
            clearRow(before);
        }
        boolean featuresGiven = false;
        long featuresHash = RequestDigest.EMPTY;
        in.expect('{');
        do {
            if (ids.count() == before && in.takes(ID)) {
                id();
                ids.add(in.textFrom(), in.textTo(), in.textHash());
            } else if (!featuresGiven && in.takes(FEATURES)) {
                featuresGiven = true;
                featuresHash = features.read(actionRoot(encoder, before), actionOrder, actionColumns, offset);
                if (hashing) {
                    actionRows.get(before).sort();
                }
            } else {
                throw new NotPlainException();
            }
        } while (in.takes(','));
        in.expect('}');
        if (ids.count() == before) {
            throw new NotPlainException();
        }
        if (encoder != null) {
            encoder.encodeId(in.bytes(), ids.from(before), ids.length(before), ids.hash(before), actionColumns, offset);
        }
        return RequestDigest.ofAction(ids.hash(before), featuresHash);
    }

    private void readExcluded() {
        in.expect('[');
        if (in.takes(']')) {
            return;
        }
        do {
            id();
            excluded.add(in.textFrom(), in.textTo(), in.textHash());
        } while (in.takes(',') && excluded.count() < MOST_EXCLUDED);
        in.expect(']');
        excluded.requireDistinct();
    }

    /** A text that needs no closer look to be an id: 1 to 200 bytes, the first of them a letter, digit or the like. */
    private void id() {
        in.text();
        if (in.textLength() == 0 || in.textLength() > LONGEST_ID || in.bytes()[in.textFrom()] <= ' ') {
            throw new NotPlainException();
        }
    }

    private static float[] atLeast(float[] columns, int length) {
        return columns.length >= length ? columns : Arrays.copyOf(columns, Math.max(length, 2 * columns.length));
    }

    byte[] body() {
        return in.bytes();
    }

    Span eventId() {
        return eventId;
    }

    Span context() {
        return context;
    }

    /** The whole list. */
    Span actions() {
        return actions;
    }

    /** Ids of the actions that were given, distinct. */
    Spans ids() {
        return ids;
    }

    /** Ids that may not be chosen, distinct. */
    Spans excluded() {
        return excluded;
    }

    boolean deferred() {
        return deferred;
    }

    float[] contextColumns() {
        return contextColumns;
    }

    /** The context's hashed features. */
    HashedRow contextRow() {
        return contextRow;
    }

    /** Those of the actions that were given, and more rows behind them. */
    List<HashedRow> actionRows() {
        return actionRows;
    }

    /** Those of the actions that were given, one after the other. */
    float[] actionColumns() {
        return actionColumns;
    }

    RequestDigest digest() {
        long excludedHash = RequestDigest.NONE;
        for (int i = 0; i < excluded.count(); i++) {
            excludedHash = StructureHash.ofNext(excludedHash, StructureHash.ofText(excluded.hash(i)));
        }
        return RequestDigest.of(
                contextHash, actions.isPresent() ? actionsHash : RequestDigest.ACTIONS_OF_LOOP, excludedHash, deferred);
    }
}
