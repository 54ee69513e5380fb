package io.leeway.prediction;

import io.leeway.contracts.Action;
import io.leeway.contracts.DecisionRequest;
import io.leeway.contracts.SlotRequest;
import java.util.Arrays;
import java.util.List;

/**
 * Tells whether two requests ask the same: a {@link StructureHash} of everything in them but loop and event id. What a request leaves
 * out counts as its default.
 */
public record RequestDigest(long hash) {
    /** Of a context, or of features, without anything in it. */
    public static final long EMPTY = StructureHash.ofObject(0);

    /** Of a list of actions, or of exclusions, before the first. */
    public static final long NONE = StructureHash.emptyList();

    /** Of a request that leaves the actions to the loop. */
    public static final long ACTIONS_OF_LOOP = StructureHash.NULL;

    static RequestDigest of(DecisionRequest request) {
        RequestDigest plain = of(
                StructureHash.of(request.context()),
                request.actions() == null ? ACTIONS_OF_LOOP : ofActions(request.actions()),
                StructureHash.of(request.excluded()),
                request.deferred());
        List<Object> rest = Arrays.asList(
                request.time() == null ? null : request.time().toString(),
                request.baseline(),
                request.explain() ? true : null,
                request.slots().isEmpty() ? null : ofSlots(request.slots()),
                request.episode() == null ? null : request.episode().toString(),
                request.other().isEmpty() ? null : request.other());
        boolean isPlain = rest.stream().allMatch(part -> part == null);
        return isPlain ? plain : new RequestDigest(StructureHash.ofNext(plain.hash, StructureHash.of(rest)));
    }

    /** Of a request with nothing else in it, put together from the hashes of its parts. */
    public static RequestDigest of(long context, long actions, long excluded, boolean deferred) {
        long hash = StructureHash.ofNext(StructureHash.ofNext(context, actions), excluded);
        return new RequestDigest(StructureHash.ofNext(hash, StructureHash.ofFlag(deferred)));
    }

    /** Of one action: the hash of its id's text, and of its features. */
    public static long ofAction(long id, long features) {
        return StructureHash.ofNext(StructureHash.ofText(id), features);
    }

    private static long ofActions(List<Action> actions) {
        long hash = NONE;
        for (Action action : actions) {
            long one = ofAction(StructureHash.hash(action.id()), StructureHash.of(action.features()));
            hash = StructureHash.ofNext(hash, one);
        }
        return hash;
    }

    private static List<Object> ofSlots(List<SlotRequest> slots) {
        return slots.stream()
                .<Object>map(slot -> Arrays.asList(slot.name(), slot.features(), slot.excluded(), slot.baseline()))
                .toList();
    }
}
