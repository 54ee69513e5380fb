package io.leeway.feedback;

import java.util.List;

/**
 * Where everything lands. Each call is one transaction and may be repeated: what is there already stays as it is, what was erased
 * or has been dropped for its age stays away. How far the batch reaches is noted in the same transaction.
 *
 * <p>All methods throw {@link ProjectionUnavailableException} if they might succeed later, and return what can never be stored.
 */
public interface Projection {
    List<Unstorable> landDecisions(List<LoggedDecision> decisions, Reach reach);

    /**
     * What came on the topic of rewards, in one transaction: how far a batch reaches must not be noted beside half of it. The places of
     * the activations follow on those of the rewards.
     */
    List<Unstorable> landRewards(List<LoggedReward> rewards, List<LoggedActivation> activations, Reach reach);

    /** Imported feedback lands its decision and rewards, too: they were never on a topic of their own. */
    List<Unstorable> landFeedback(List<LoggedFeedback> feedback, Reach reach);

    List<Unstorable> landFates(List<Fate> fates, Reach reach);

    /** A row that the database refuses, by its place in the list. */
    record Unstorable(int index, String reason) {}
}
