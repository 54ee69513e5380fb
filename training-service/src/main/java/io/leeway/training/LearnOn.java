package io.leeway.training;

import io.leeway.contracts.Feedback;
import io.leeway.contracts.Loop;
import io.leeway.contracts.ModelRole;
import io.leeway.contracts.rest.Checkpoint;
import io.leeway.contracts.rest.LearnerStatus;
import io.leeway.contracts.rest.ModelVersion;
import io.leeway.core.features.Situation;
import io.leeway.core.model.Artifact;
import io.leeway.core.promotion.RecordedAnswer;
import io.leeway.core.promotion.ServingGate;
import io.leeway.core.promotion.Verdict;
import io.leeway.training.learning.Replay;
import io.leeway.training.learning.TrainingRow;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/**
 * One loop's continuous learner: learns the first revision of each feedback once, publishes what it has learned, and steps back when
 * that is worse than the version that it goes out from. What the gates have passed is the version: as long as no version of this
 * learner is champion, nothing is published. Not thread safe, but for {@link #status}.
 */
final class LearnOn {
    private static final Logger LOG = Logger.getLogger(LearnOn.class);
    /** Rows that a checkpoint is asked about before it is published. */
    private static final int PROBES = 32;
    /** Feedbacks after which one that is held back may be as good as its version again. */
    private static final long RECOVERED = 200;

    private final Versions versions;
    private final Publication publish;
    private final Duration timeBudget;
    private final Clock clock;
    private final Path file;
    private final Executor aside;
    private final LearningState state;
    private final Replay replay;
    private final Deque<TrainingRow> latest = new ArrayDeque<>();
    private Loop loop;
    private RewardReplay rewards;
    private ParentVersion parent;
    private String checkpoint;
    private Long behind;
    private CompletableFuture<Runnable> publishing;
    private volatile LearnerStatus status;

    /** @param aside what takes long without the learner: writing its state down, judging what is to be served, publishing it */
    LearnOn(
            Loop loop,
            LearningState state,
            Path file,
            Versions versions,
            Publication publish,
            Duration timeBudget,
            Clock clock,
            Executor aside) {
        this.state = state;
        this.file = file;
        this.versions = versions;
        this.publish = publish;
        this.timeBudget = timeBudget;
        this.clock = clock;
        this.aside = aside;
        this.replay = Replay.of(state.learner());
        settings(loop);
        tell("waiting", "has not looked yet");
    }

    /** Settings that may have changed; those of another learner are another {@link LearnOn}. */
    void settings(Loop now) {
        loop = now;
        rewards = RewardReplay.of(now.settings());
    }

    LearnerStatus status() {
        return status;
    }

    /** Takes a record in, once. */
    void take(FeedbackStream.Item item) {
        if (!state.isNew(item.partition(), item.offset())) {
            return;
        }
        Feedback feedback = item.feedback();
        if (feedback != null
                && feedback.revision() == 1
                && !FeedbackRows.withoutValue(feedback)
                && state.isOfThisTopic(feedback)) {
            try {
                FeedbackRows.of(feedback, rewards).forEach(row -> learn(row, feedback.closedAt()));
            } catch (IllegalArgumentException e) {
                // What cannot be learned from now cannot be the next time either.
                LOG.warnf("loop %s: feedback %s is left out: %s", loop.name(), feedback.eventId(), e.getMessage());
            }
        }
        state.read(item.partition(), item.offset());
    }

    private void learn(TrainingRow row, Instant closed) {
        Situation situation = replay.situation(row);
        double predicted = state.learner().score(situation, Math.max(0, row.chosen()));
        double loss = (predicted - row.reward()) * (predicted - row.reward());
        replay.learn(situation, row);
        state.learned(loss, closed);
        if (parent != null) {
            parent.compare(row, loss);
        }
        latest.addLast(row);
        if (latest.size() > PROBES) {
            latest.removeFirst();
        }
    }

    /** Whether something has been learned that is not in the file yet. */
    boolean hasNews() {
        return state.feedbacks() > state.published();
    }

    /** Goes on with a topic; one that was made anew is begun, and what has been learned stays. */
    void follow(String topic, boolean another) {
        if (another) {
            state.beginTopic(topic, clock.instant());
            String words = "the feedback topic was made anew: goes on after " + state.feedbacks()
                    + " feedbacks with what comes on the new one";
            LOG.warnf("loop %s: %s", loop.name(), words);
            tell(status.state(), words);
        } else {
            state.topic(topic);
        }
    }

    /** Writes the state down; what is on its way to be published is there then. */
    void save() {
        settle();
        LearningState.write(file, state.toBytes());
    }

    /** Whether the last checkpoint is still on its way. */
    boolean isPublishing() {
        return publishing != null && !publishing.isDone();
    }

    /** Takes notice of how far it has come. */
    void look(long unread) {
        if (publishing != null && publishing.isDone()) {
            settle();
        }
        behind = unread;
        tell(status.state(), status.reason());
    }

    private void settle() {
        if (publishing != null) {
            CompletableFuture<Runnable> last = publishing;
            publishing = null;
            last.join().run();
        }
    }

    /** Writes the state down, and publishes what has been learned where that may be served. */
    void checkpoint(Long unread) {
        settle();
        behind = unread;
        long before = state.published();
        findParent();
        if (parent == null) {
            state.published(state.feedbacks());
            save();
            tell("waiting", "no version of the learner " + learnerName() + " is champion yet");
            return;
        }
        if (loop.freeze() != null) {
            save();
            tell("waiting", "the loop is frozen");
            return;
        }
        if (holdBack()) {
            state.published(state.feedbacks());
            save();
            tell("held-back", "predicts worse than version " + parent.version());
            return;
        }
        state.published(state.feedbacks());
        // What is published is of this moment, however much is learned until it is there.
        Artifact artifact = parent.next(state.learner().export(), state.feedbacks(), offsets(), clock.instant());
        List<RecordedAnswer> answers = answers();
        CheckpointDraft draft = new CheckpointDraft(
                loop.name(),
                parent.version(),
                state.feedbacks(),
                before,
                offsets(),
                LearnerFigures.ofCheckpoint(state, parent),
                budget(),
                clock.instant());
        byte[] kept = state.toBytes();
        publishing = CompletableFuture.supplyAsync(() -> publish(draft, artifact, answers, kept), aside);
        if (publishing.isDone()) {
            settle();
        }
    }

    /** Touches nothing of the learner, which learns on meanwhile; returns what it is to take notice of. */
    private Runnable publish(CheckpointDraft draft, Artifact artifact, List<RecordedAnswer> answers, byte[] kept) {
        // First the file: what is served is never ahead of what is kept.
        LearningState.write(file, kept);
        byte[] bytes = artifact.toBytes();
        Verdict serving = new ServingGate(draft.budget(), System::nanoTime).judge(bytes, answers);
        if (!serving.passed()) {
            return () -> tell("waiting", "the serving gate refuses: " + serving.reason());
        }
        Checkpoint made = draft.judged(serving, bytes);
        if (!publish.publish(made, bytes)) {
            return () -> {};
        }
        return () -> {
            checkpoint = made.name();
            tell("learning", "publishes what it learns");
        };
    }

    /** True while what has been learned is not to be served. */
    private boolean holdBack() {
        if (!state.heldBack() && parent.beats()) {
            String why = "continuous learning is worse than version " + parent.version() + " by "
                    + (parent.learnersError() - parent.error()) + " of mean squared error, at least "
                    + parent.leastDifference() + ": the version serves again";
            if (publish.revert(loop.name(), parent.version(), LearnerFigures.ofRevert(state, parent), why)) {
                state.heldBack(true);
                checkpoint = null;
                parent.begin();
            }
        } else if (state.heldBack() && parent.compared() >= RECOVERED && parent.isMatched()) {
            state.heldBack(false);
            parent.begin();
        } else if (state.heldBack() && parent.compared() >= RECOVERED) {
            parent.begin(); // Compare what comes: what it was held back for shall not be held against it for ever.
        }
        return state.heldBack();
    }

    private void findParent() {
        Optional<ModelVersion> champion = Optional.ofNullable(
                        versions.roles(loop.name()).get(ModelRole.CHAMPION))
                .flatMap(version -> versions.find(loop.name(), version))
                .filter(version -> version.learner().equals(learnerName()));
        if (champion.isEmpty()) {
            parent = null;
        } else if (parent == null || parent.version() != champion.get().version()) {
            Artifact artifact = versions.artifact(loop.name(), champion.get().version())
                    .map(Artifact::read)
                    .orElseThrow();
            parent = ParentVersion.of(loop, champion.get(), artifact);
            state.version(parent.version());
        }
    }

    private List<RecordedAnswer> answers() {
        List<RecordedAnswer> answers = new ArrayList<>();
        List<String> heads = parent.heads();
        latest.forEach(row -> answers.add(new RecordedAnswer(row.judged(), replay.scores(row, heads))));
        return answers;
    }

    private Map<String, Long> offsets() {
        Map<String, Long> named = new TreeMap<>();
        state.offsets().forEach((partition, offset) -> named.put(Integer.toString(partition), offset));
        return named;
    }

    private Duration budget() {
        Duration stated = loop.settings().serving().timeBudget();
        return stated == null ? timeBudget : stated;
    }

    private String learnerName() {
        return loop.settings().training().learner();
    }

    void stopped() {
        behind = null;
        tell("stopped", "the service stops");
    }

    private void tell(String word, String reason) {
        status = new LearnerStatus(
                loop.name(),
                learnerName(),
                state.feedbacks(),
                behind,
                parent == null ? null : parent.version(),
                checkpoint,
                word,
                reason,
                state.feedbacks() == 0 ? null : state.error(),
                parent == null ? null : parent.error(),
                LearnerFigures.members(state),
                clock.instant());
    }
}
