package io.leeway.feedback;

import java.util.List;

/**
 * Where everything lands. Each call is one transaction and may be repeated: what is there already stays as it is.
 *
 * <p>All methods throw {@link ProjectionUnavailableException} if they might succeed later, and return what can never be stored.
 */
public interface Projection {
    List<Unstorable> landDecisions(List<LoggedDecision> decisions);

    List<Unstorable> landRewards(List<LoggedReward> rewards);

    List<Unstorable> landActivations(List<LoggedActivation> activations);

    /** Imported feedback lands its decision and rewards, too: they were never on a topic of their own. */
    List<Unstorable> landFeedback(List<LoggedFeedback> feedback);

    List<Unstorable> landFates(List<Fate> fates);

    /** A row that the database refuses, by its place in the list. */
    record Unstorable(int index, String reason) {}
}
