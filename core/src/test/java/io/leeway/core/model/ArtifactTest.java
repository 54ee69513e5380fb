package io.leeway.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.core.features.FeatureSpec;
import io.leeway.core.model.Layout.Activation;
import io.leeway.core.model.Layout.LinearLayout;
import io.leeway.core.model.Layout.NetworkLayout;
import io.leeway.core.testing.SeededRandom;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SeededRandom.class)
class ArtifactTest {
    @Test
    void readsBackWhatItWrites(Random random) {
        for (Artifact artifact : List.of(
                Models.network(random, true, false, Activation.RELU),
                Models.network(random, false, true, Activation.TANH),
                Models.linear(random, false, true),
                Models.regression(random, new LinearLayout()))) {
            Artifact read = Artifact.read(artifact.toBytes());

            assertThat(read.description()).isEqualTo(artifact.description());
            assertThat(read.tensors()).isEqualTo(artifact.tensors());
            assertThat(read.sha256()).isEqualTo(artifact.sha256()).isEqualTo(Artifact.sha256(artifact.toBytes()));
            assertThat(read.toBytes()).isEqualTo(artifact.toBytes());
        }
    }

    @Test
    void hashesWeightsApartFromTheRest(Random random) {
        Artifact artifact = Models.linear(random, true, false);
        Artifact renumbered = artifact.withVersion(99);
        assertThat(renumbered.description().version()).isEqualTo(99);
        assertThat(renumbered.weightsSha256()).isEqualTo(artifact.weightsSha256());
        assertThat(renumbered.sha256()).isNotEqualTo(artifact.sha256());

        List<Tensor> changed = new ArrayList<>(artifact.tensors());
        Tensor bias = changed.get(0);
        float[] values = bias.data().toArray();
        values[0] = Math.nextUp(values[0]);
        changed.set(0, Tensor.of(bias.name(), values, values.length));
        assertThat(Artifact.of(artifact.description(), changed).weightsSha256()).isNotEqualTo(artifact.weightsSha256());
    }

    @Test
    void knowsTheHashOfKnownBytes() {
        // FIPS 180-2, appendix B.1.
        assertThat(Artifact.sha256("abc".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void refusesTensorsThatDoNotFitTheLayout(Random random) {
        Artifact artifact = Models.network(random, true, false, Activation.RELU);
        List<Tensor> tensors = artifact.tensors();
        ModelDescription description = artifact.description();

        assertThatThrownBy(() -> Artifact.of(description, tensors.subList(1, tensors.size())))
                .isInstanceOf(InvalidArtifactException.class)
                .hasMessageContaining("must be the layout's tensors");
        List<Tensor> wrong = new ArrayList<>(tensors);
        Tensor first = wrong.get(0);
        wrong.set(
                0,
                Tensor.of(
                        first.name(),
                        new float[first.data().size() + 1],
                        first.data().size() + 1));
        assertThatThrownBy(() -> Artifact.of(description, wrong)).hasMessageContaining("tensor=layer0.bias");
        List<Tensor> twice = new ArrayList<>(tensors);
        twice.add(tensors.get(0));
        assertThatThrownBy(() -> Artifact.of(description, twice)).hasMessageContaining("must be distinct");
    }

    @ParameterizedTest
    @ValueSource(strings = {"format", "model", "layout", "features", "policyDefaults", "provenance", "profile"})
    void refusesAbsentAndBrokenMetadata(String part) {
        Artifact artifact = Models.linear(new Random(1), true, false);
        Map<String, String> metadata = new TreeMap<>(artifact.description().toMetadata());
        metadata.remove(part);
        refuses(metadata, artifact);
        for (String broken : List.of("", "{", "[]", "null", "7", "{}")) {
            metadata.put(part, broken);
            if (!(part.equals("policyDefaults") && broken.equals("{}"))) {
                refuses(metadata, artifact);
            }
        }
    }

    @Test
    void answersEveryBrokenByteWithAModelOrARefusal(Random random) {
        byte[] bytes = Models.network(random, false, false, Activation.RELU).toBytes();
        int refused = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] broken = bytes.clone();
            broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            try {
                Artifact.read(broken);
            } catch (InvalidArtifactException expected) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(100);
    }

    @Test
    void refusesWhatIsTooLargeWithItsSize() {
        assertThatThrownBy(() -> Artifact.read(new byte[Artifact.MAXIMUM_SIZE + 1]))
                .isInstanceOf(InvalidArtifactException.class)
                .hasMessage("must be <= 8388608 bytes: size=8388609");
        FeatureSpec spec = new FeatureSpec(Models.CONTEXT, List.of(), false);
        int hidden = 400_000;
        ModelDescription description = Models.description(
                new NetworkLayout(List.of(hidden), Activation.RELU, 0, 1), "regression", List.of(), spec);
        Artifact large = Artifact.of(
                description,
                List.of(
                        Tensor.of("layer0.weight", new float[spec.width() * hidden], spec.width(), hidden),
                        Tensor.of("layer0.bias", new float[hidden], hidden),
                        Tensor.of("layer1.weight", new float[hidden], hidden, 1),
                        Tensor.of("layer1.bias", new float[1], 1)));
        assertThatThrownBy(large::toBytes)
                .isInstanceOf(InvalidArtifactException.class)
                .hasMessageStartingWith("must be <= 8388608 bytes: size=");
    }

    @Test
    void refusesContradictoryDescriptions() {
        FeatureSpec joint = new FeatureSpec(Models.CONTEXT, Models.ACTION, false);
        FeatureSpec alone = new FeatureSpec(Models.CONTEXT, List.of(), false);
        Layout linear = new LinearLayout();
        assertThatThrownBy(() -> Models.description(linear, "bandit", List.of("a"), joint))
                .hasMessageContaining("heads=[a]");
        assertThatThrownBy(() -> Models.description(linear, "bandit", List.of(), alone))
                .hasMessageContaining("must have heads");
        assertThatThrownBy(() -> Models.description(linear, "regression", List.of("a"), alone))
                .hasMessageContaining("heads=[a]");
        assertThatThrownBy(() -> Models.description(linear, "bandit", List.of("a", "a"), alone))
                .hasMessageContaining("distinct");
        assertThatThrownBy(() -> Models.description(linear, "mdp", List.of(), alone))
                .hasMessageContaining("loopKind=mdp");
        assertThatThrownBy(() -> new NetworkLayout(List.of(0), Activation.RELU, 0, 1))
                .hasMessageContaining("hidden=0");
        assertThatThrownBy(() -> new NetworkLayout(List.of(), Activation.RELU, 0, 0))
                .hasMessageContaining("targetStandardDeviation=0");
    }

    private static void refuses(Map<String, String> metadata, Artifact artifact) {
        byte[] bytes = Safetensors.write(metadata, artifact.tensors());
        assertThatThrownBy(() -> Artifact.read(bytes))
                .as(metadata.toString())
                .isInstanceOf(InvalidArtifactException.class);
    }
}
