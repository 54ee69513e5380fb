package io.leeway.feedback;

import io.leeway.contracts.RewardSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The left-outer join of a decision with its rewards. Pure: what it decides is a function of the state, the input and the times
 * that it is given. Thread safe.
 *
 * <p>Two kinds of time are kept apart. <em>Whether</em> a reward counts follows from event times alone ({@link Verdicts}).
 * <em>When</em> something is said about it follows from {@code joinedUntil}: everything written before that time has been
 * joined. So neither an hour's downtime nor a record dated 2100 can turn a reward that was in time into a default.
 */
public final class JoinRewards {
    /** Bounds the state that one event can grow to; further rewards are counted as excess. */
    static final int MOST_REWARDS = 1000;

    private final Duration grace;

    /** @param grace how much longer than its time says a record may be under way before something is said without it */
    public JoinRewards(Duration grace) {
        this.grace = grace;
    }

    /** What follows from a record that came in. To be applied in order. */
    public List<JoinEvent> decide(JoinState state, JoinInput input, Instant now) {
        Steps steps = new Steps(state);
        if (input instanceof JoinInput.DecisionMade made) {
            take(steps, made, now);
        } else if (input instanceof JoinInput.RewardGiven given) {
            take(steps, given, now);
        } else if (input instanceof JoinInput.ActivationGiven given) {
            take(steps, given, now);
        }
        settle(steps, Instant.MIN, now);
        return steps.events;
    }

    /** What follows from time having passed. To be applied in order. */
    public List<JoinEvent> tick(JoinState state, Instant joinedUntil, Instant now) {
        Steps steps = new Steps(state);
        settle(steps, joinedUntil, now);
        if (!nextDue(steps.state).isAfter(joinedUntil)) {
            steps.add(new JoinEvent.Forgotten());
        }
        return steps.events;
    }

    /** When {@link #tick} has something to say next; {@link Instant#MAX} if never. */
    public Instant nextDue(JoinState state) {
        if (state.decision() == null) {
            return nextDueWithoutDecision(state);
        }
        Instant waitIsOver = Times.later(new Verdicts(state).waitEnds(), state.arrivedAt());
        if (state.closed() || state.decisionFate() == FateKind.NEVER_ACTIVATED) {
            return Times.plus(Times.plus(waitIsOver, state.settings().correctionWindow()), grace);
        }
        return Times.plus(waitIsOver, grace);
    }

    private Instant nextDueWithoutDecision(JoinState state) {
        if (state.settings() == null) {
            return Instant.MAX;
        }
        Instant kept = state.arrivedAt() == null ? Instant.MIN : state.arrivedAt();
        for (ReceivedReward reward : state.rewards()) {
            Instant hopeEnds = hopeEnds(reward, state.settings());
            if (reward.fate() == null) {
                return Times.plus(hopeEnds, grace);
            }
            kept = Times.later(kept, hopeEnds);
        }
        // A decision may still be under way, and these rewards are its.
        return Times.plus(Times.plus(kept, state.settings().correctionWindow()), grace);
    }

    /** When a reward whose decision has not come is taken for an orphan. */
    private static Instant hopeEnds(ReceivedReward reward, RewardSettings settings) {
        return Times.later(Times.plus(reward.time(), settings.backwardWindow()), reward.arrivedAt());
    }

    private static void take(Steps steps, JoinInput.DecisionMade made, Instant now) {
        DecisionFacts known = steps.state.decision();
        if (known == null) {
            steps.add(new JoinEvent.DecisionTaken(made.decision(), made.settings(), now));
        } else if (!known.position().equals(made.position())) {
            boolean same = known.answer().equals(made.decision().answer());
            FateKind kind = same ? FateKind.DUPLICATE : FateKind.CONFLICTING;
            steps.fate(kind, made.position(), made.decision().time());
        }
    }

    private static void take(Steps steps, JoinInput.RewardGiven given, Instant now) {
        String identity = ReceivedReward.identity(given.reward(), given.position());
        for (ReceivedReward held : steps.state.rewards()) {
            if (held.identity().equals(identity)) {
                if (!held.position().equals(given.position())) {
                    steps.fate(
                            FateKind.DUPLICATE, given.position(), given.reward().time());
                }
                return;
            }
        }
        if (steps.state.rewards().size() >= MOST_REWARDS) {
            steps.fate(FateKind.EXCESS, given.position(), given.reward().time());
            return;
        }
        ReceivedReward reward = new ReceivedReward(given.reward(), given.position(), now, null);
        steps.add(new JoinEvent.RewardTaken(reward, given.settings()));
    }

    private static void take(Steps steps, JoinInput.ActivationGiven given, Instant now) {
        Instant known = steps.state.activatedAt();
        if (known != null) {
            steps.fate(FateKind.DUPLICATE, given.position(), given.time());
        }
        if (known == null || given.time().isBefore(known)) {
            steps.add(new JoinEvent.ActivationTaken(given.time(), given.settings(), now));
        }
        if (steps.state.decision() != null && !new Verdicts(steps.state).activated(given.time())) {
            steps.fate(FateKind.LATE_ACTIVATION, given.position(), given.time());
        }
    }

    private void settle(Steps steps, Instant joinedUntil, Instant now) {
        if (steps.state.decision() == null) {
            orphan(steps, joinedUntil);
            return;
        }
        Verdicts verdicts = new Verdicts(steps.state);
        sayFates(steps, verdicts);
        if (!steps.state.closed()) {
            close(steps, verdicts, joinedUntil, now);
        }
        if (steps.state.closed()) {
            correct(steps, verdicts, now);
        }
    }

    private void orphan(Steps steps, Instant joinedUntil) {
        for (ReceivedReward reward : steps.state.rewards()) {
            Instant hopeEnds = Times.plus(hopeEnds(reward, steps.state.settings()), grace);
            if (reward.fate() == null && !hopeEnds.isAfter(joinedUntil)) {
                steps.fate(FateKind.ORPHAN, reward.position(), reward.time());
            }
        }
    }

    /** That a reward is in time goes without saying, unless something else was said of it before. */
    private static void sayFates(Steps steps, Verdicts verdicts) {
        for (ReceivedReward reward : steps.state.rewards()) {
            FateKind said = reward.fate() == null ? FateKind.COUNTED : reward.fate();
            FateKind verdict = verdicts.of(reward);
            if (verdict != said) {
                steps.fate(verdict, reward.position(), reward.time());
            }
        }
    }

    private void close(Steps steps, Verdicts verdicts, Instant joinedUntil, Instant now) {
        JoinState state = steps.state;
        boolean saidNever = state.decisionFate() == FateKind.NEVER_ACTIVATED;
        boolean waitIsOver = saidNever || !nextDue(state).isAfter(joinedUntil);
        boolean rewarded = state.settings().closeOnReward() && verdicts.anyInTime();
        if (!waitIsOver && !rewarded) {
            return;
        }
        if (!state.decision().deferred() || verdicts.activated(state.activatedAt())) {
            if (saidNever) {
                steps.fate(
                        FateKind.COUNTED,
                        state.decision().position(),
                        state.decision().time());
            }
            steps.add(new JoinEvent.Closed(verdicts.first(now)));
        } else if (waitIsOver && !saidNever) {
            steps.fate(
                    FateKind.NEVER_ACTIVATED,
                    state.decision().position(),
                    state.decision().time());
        }
    }

    private static void correct(Steps steps, Verdicts verdicts, Instant now) {
        FeedbackRevision corrected = verdicts.corrected(steps.state.revision() + 1, now);
        if (!corrected.counted().equals(steps.state.counted())) {
            steps.add(new JoinEvent.Closed(corrected));
        }
    }

    /** Events so far, and the state that they lead to. */
    private static final class Steps {
        private final List<JoinEvent> events = new ArrayList<>();
        private JoinState state;

        Steps(JoinState state) {
            this.state = state;
        }

        void add(JoinEvent event) {
            events.add(event);
            state = state.apply(event);
        }

        void fate(FateKind kind, Position position, Instant time) {
            add(new JoinEvent.Fated(new Fate(state.loop(), state.eventId(), kind, position, time)));
        }
    }
}
