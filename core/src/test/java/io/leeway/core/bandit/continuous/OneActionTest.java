package io.leeway.core.bandit.continuous;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.core.bandit.Choice;
import io.leeway.core.features.HashedEncoder;
import io.leeway.core.features.Situation;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What makes learning cheaper changes nothing of what is learned. */
class OneActionTest {
    private static final int FEEDBACKS = 700;

    @ParameterizedTest
    @CsvSource({"linear-online,true", "ridge-online,false", "auto,true", "auto,false"})
    void oneActionIsScoredAsAmongAllAndMembersLearnBesideEachOtherAsAfterEachOther(String name, boolean features) {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            ContinuousLearner all = ContinuousLearners.of(name, false);
            ContinuousLearner one = ContinuousLearners.of(name, false, threads);
            ContinuousWorld world = new ContinuousWorld(9, features);
            HashedEncoder encoder = new HashedEncoder();
            SplittableRandom random = new SplittableRandom(3);
            for (int i = 0; i < FEEDBACKS; i++) {
                ContinuousWorld.Request request = world.request();
                Situation forAll = encoder.encode(request.context(), request.actions());
                Situation forOne = encoder.encode(request.context(), request.actions());
                int chosen = random.nextInt(forAll.size());
                double reward = random.nextDouble() + chosen;
                assertThat(one.score(forOne, chosen)).isEqualTo(all.score(forAll)[chosen]);
                Choice choice = new Choice(chosen, 1.0 / forAll.size());
                all.learn(forAll, choice, reward);
                one.learn(forOne, choice, reward);
            }
            Situation last =
                    encoder.encode(world.request().context(), world.request().actions());
            assertThat(one.score(last)).isEqualTo(all.score(last));
            assertThat(one.standings()).isEqualTo(all.standings());
        } finally {
            threads.shutdown();
        }
    }
}
