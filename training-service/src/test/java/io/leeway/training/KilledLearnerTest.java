package io.leeway.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.contracts.Loop;
import io.leeway.core.features.Action;
import io.leeway.core.features.HashedEncoder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A learner whose process is killed with SIGKILL again and again has in the end learned each feedback once. */
class KilledLearnerTest {
    private static final int FEEDBACKS = 6000;
    private static final int BETWEEN_SAVES = 60;
    private static final int KILLS = 6;
    private static final int KILLED = 128 + 9;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"linear-online", "ridge-online"})
    void learnsEachFeedbackOnceAcrossKills(String learner) throws IOException, InterruptedException {
        Path file = folder.resolve("learner.state");
        SplittableRandom random = new SplittableRandom(1);
        for (int kill = 0; kill < KILLS; kill++) {
            Process child = start(file, learner);
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
                for (int line = random.nextInt(2, 8); line > 0 && lines.readLine() != null; line--) {
                    child.getOutputStream().write('\n');
                    child.getOutputStream().flush();
                }
                LockSupport.parkNanos(random.nextLong(10_000_000)); // somewhere in learning or saving
                child.destroyForcibly();
            }
            assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(child.exitValue()).isEqualTo(KILLED);
        }
        Process last = start(file, learner);
        last.getOutputStream().close();
        last.getInputStream().readAllBytes();
        assertThat(last.waitFor()).isZero();
        Loop loop = Continuous.loop("killed", learner);
        LearningState state = LearningState.open(file, loop, Map.of());
        LearningState whole = LearningState.open(folder.resolve("whole.state"), loop, Map.of());
        LearnOn uninterrupted = learnOn(loop, whole, folder.resolve("whole.state"));
        items().forEach(uninterrupted::take);
        assertThat(state.feedbacks()).isEqualTo(whole.feedbacks()).isEqualTo(FEEDBACKS);
        assertThat(state.offsets()).isEqualTo(whole.offsets());
        List<Action> actions = World.ACTIONS.stream().map(Action::of).toList();
        for (double x = -1; x <= 1; x += 0.05) {
            // One feedback more or less would be seen in the third digit; the order of a map's keys in the fifteenth.
            var situation = new HashedEncoder().encode(Map.of("x", x, "weekday", "FRIDAY"), actions);
            assertThat(state.learner().score(situation))
                    .containsExactly(whole.learner().score(situation), within(1e-9));
        }
    }

    private static List<FeedbackStream.Item> items() {
        return Continuous.items(new World("killed", 3, Continuous.START).feedback(FEEDBACKS), 0);
    }

    private static LearnOn learnOn(Loop loop, LearningState state, Path file) {
        return Continuous.learnOn(loop, state, file, Continuous.OneVersion.NONE, new Continuous.Published());
    }

    private static Process start(Path file, String learner) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classes,
                        Child.class.getName(),
                        file.toString(),
                        learner)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** The process that is killed: reads on from what the file says, says each time that it has saved, and goes on when it is told to. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws IOException {
            Path file = Path.of(arguments[0]);
            Loop loop = Continuous.loop("killed", arguments[1]);
            LearnOn learner = learnOn(loop, LearningState.open(file, loop, Map.of()), file);
            int taken = 0;
            for (FeedbackStream.Item item : items()) {
                learner.take(item);
                if (++taken % BETWEEN_SAVES == 0 && learner.hasNews()) {
                    learner.checkpoint(null);
                    System.out.println(learner.status().feedbacks());
                    System.in.read(); // -1 at once where nobody is there to tell it
                }
            }
            learner.save();
        }
    }
}
