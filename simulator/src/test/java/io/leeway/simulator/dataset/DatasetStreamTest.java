package io.leeway.simulator.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.core.bakeoff.RewardedStream;
import io.leeway.core.features.HashedEncoder;
import io.leeway.core.features.Situation;
import io.leeway.simulator.Data;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetStreamTest {
    @TempDir
    private Path folder;

    @Test
    void aRowIsASituationEncodedAsAServiceEncodesIt() throws IOException {
        Dataset dataset = read("x,colour,_hidden,y\n1.5,red,7,10\n,blue,8,9\n2,,9,10\n", "y");
        DatasetStream stream = DatasetStream.of(dataset, Outcomes.label(dataset, "y"), List.of());
        assertThat(stream.actions()).containsExactly("9", "10"); // by number
        assertThat(stream.features()).isEqualTo(3);
        Map<String, Object> first = new LinkedHashMap<>();
        first.put("x", 1.5);
        first.put("colour", "red");
        first.put("column_hidden", 7.0); // an underscore in front would make it no feature
        assertThat(stream.situation(0).context()).isEqualTo(new HashedEncoder().encode(first));
        assertThat(stream.situation(1).context().size()).as("missing x").isEqualTo(2);
        assertThat(stream.situation(2).context().size()).as("missing colour").isEqualTo(2);
        assertThat(List.of(stream.reward(0, 0), stream.reward(0, 1), stream.reward(1, 0)))
                .containsExactly(0.0, 1.0, 1.0);
    }

    @Test
    void theLabelIsNoFeature() throws IOException {
        Dataset a = read("x,y\n1,u\n2,v\n", "y");
        Dataset b = read("x,y\n1,v\n2,u\n", "y");
        for (int row = 0; row < 2; row++) {
            assertThat(DatasetStream.of(a, Outcomes.label(a, "y"), List.of())
                            .situation(row)
                            .context())
                    .isEqualTo(DatasetStream.of(b, Outcomes.label(b, "y"), List.of())
                            .situation(row)
                            .context());
        }
    }

    @Test
    void rewardsOfAllActionsMayLackSomeWhichAreThenNotEligible() throws IOException {
        Dataset dataset = read("x,reward.a,reward.b,reward.c\n1,0.5,-3,2e6\n2,1,,4\n", "none");
        Path actions = Files.writeString(folder.resolve("actions.csv"), "price,id\n3,c\n1,a\n2,b\n9,unused\n");
        Outcomes outcomes = Outcomes.rewards(dataset, "reward.");
        DatasetStream stream = DatasetStream.of(dataset, outcomes, ActionsFile.read(actions, outcomes.actions()));
        assertThat(stream.actions()).containsExactly("a", "b", "c");
        assertThat(stream.features()).isEqualTo(1);
        assertThat(stream.reward(0, 2)).isEqualTo(2e6);
        Situation second = stream.situation(1);
        assertThat(List.of(second.actionId(0), second.actionId(1))).containsExactly("a", "c");
        assertThat(second.action(1)).isEqualTo(new HashedEncoder().encode(Map.of("price", 3.0)));
        assertThat(stream.reward(1, 1)).isEqualTo(4);
    }

    @Test
    void outcomesThatMakeNoSenseAreRefused() throws IOException {
        Dataset missing = read("x,y\n1,u\n2,\n", "y");
        assertThatThrownBy(() -> Outcomes.label(missing, "y")).hasMessageContaining("column=y, row=2");
        Dataset one = read("x,y\n1,u\n2,u\n", "y");
        assertThatThrownBy(() -> Outcomes.label(one, "y")).hasMessageContaining("labels=[u]");
        Dataset words = read("x,reward.a,reward.b\n1,2,3\n2,much,4\n", "y");
        assertThatThrownBy(() -> Outcomes.rewards(words, "reward."))
                .hasMessageContaining("column=reward.a, row=2, value=much");
        Dataset none = read("x,reward.a,reward.b\n1,2,3\n2,,\n", "y");
        assertThatThrownBy(() -> Outcomes.rewards(none, "reward.")).hasMessageContaining("row=2");
        Path actions = Files.writeString(folder.resolve("actions.csv"), "id,price\na,3\n");
        assertThatThrownBy(() -> ActionsFile.read(actions, List.of("a", "b"))).hasMessageContaining("missing=b");
    }

    @Test
    void mushroomsEarnAsPublished() {
        Path file = Data.folder("uci-mushroom").resolve("agaricus-lepiota.data.gz");
        int steps = 20_000;
        RewardedStream stream = DeepBandits.MUSHROOM.open(file, false).draw(steps, 1);
        double eaten = 0;
        double expected = 0;
        double best = 0;
        for (int step = 0; step < steps; step++) {
            eaten += stream.reward(step, 1) / steps;
            expected += stream.expectedReward(step, 1) / steps;
            best += Math.max(0, stream.expectedReward(step, 1)) / steps;
            assertThat(stream.reward(step, 0)).isZero();
        }
        // 4,208 of 8,124 are edible: always eating earns 0.518 * 5 - 0.482 * 15 = -4.64, knowing which 2.59; sd of a
        // mean <= 0.12.
        assertThat(expected).isCloseTo(-4.64, within(0.35));
        assertThat(eaten).isCloseTo(expected, within(0.6));
        assertThat(best).isCloseTo(2.59, within(0.09));
        assertThat(stream.situation(0).context().size()).isEqualTo(22);
    }

    @Test
    void classesOfTheShuttleAreDrawnWithoutPuttingBack() {
        Path file = Data.folder("uci-statlog-shuttle").resolve("shuttle.trn.gz");
        RewardedStream stream = DeepBandits.STATLOG.open(file, true).draw(2000, 1);
        assertThat(stream.steps()).isEqualTo(2000);
        assertThat(stream.actions()).containsExactly("1", "2", "3", "4", "5", "6", "7");
        assertThat(stream.features()).isEqualTo(9);
        double first = 0;
        for (int step = 0; step < 2000; step++) {
            first += stream.reward(step, 0) / 2000;
        }
        // 34,108 of 43,500 are of class 1; sd of the share 0.0092.
        assertThat(first).isCloseTo(0.784, within(0.046));
        assertThat(DeepBandits.STATLOG.open(file, false).draw(1_000_000, 1).steps())
                .isEqualTo(43_500);
    }

    private Dataset read(String content, String label) throws IOException {
        return DatasetFile.read(Files.writeString(Files.createTempFile(folder, "d", ".csv"), content), label::equals);
    }
}
