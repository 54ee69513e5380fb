package io.leeway.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.contracts.Loop;
import io.leeway.contracts.ModelRole;
import io.leeway.core.model.Artifact;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdmitModelTest {
    private static final Runnable NO_REST = () -> {};
    private static final Loop LOOP = TestLoops.bandit("films", null, "a", "b");
    private static final Artifact GOOD = TestModels.preferring("films", "a", "a", "b");

    private static final Duration BUDGET = Duration.ofSeconds(1);

    private static ServingModel admit(PublishedModel published) {
        return AdmitModel.admit(published, Optional.of(LOOP), BUDGET, TestLoops.NOW, NO_REST);
    }

    private static PublishedModel withBytes(byte[] bytes) {
        return new PublishedModel("id", "films", ModelRole.CHAMPION, 1, Artifact.sha256(bytes), bytes);
    }

    private static void assertRefused(PublishedModel published, String reason) {
        assertThatThrownBy(() -> admit(published))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void theAnnouncedVersionCounts() {
        ServingModel model = admit(TestModels.published(GOOD.withVersion(3), 12));
        assertThat(model.version()).isEqualTo(12);
        assertThat(model.learner()).isEqualTo("linear");
    }

    @Test
    void aNetworkIsAdmittedBeforeItsLoopIsKnown() {
        PublishedModel network = TestModels.published(TestModels.network("films", 0.5f, "a", "b"), 1);
        assertThat(AdmitModel.admit(network, Optional.empty(), BUDGET, TestLoops.NOW, NO_REST)
                        .learner())
                .isEqualTo("dl4j");
    }

    @Test
    void bytesThatChangedOnTheWayAreRefused() {
        byte[] bytes = GOOD.toBytes();
        String announced = Artifact.sha256(bytes);
        bytes[bytes.length - 1] ^= 1;
        assertRefused(
                new PublishedModel("id", "films", ModelRole.CHAMPION, 1, announced, bytes),
                "must be " + announced + " as announced: sha256=");
    }

    @Test
    void truncatedBytesAreRefused() {
        byte[] bytes = GOOD.toBytes();
        assertRefused(withBytes(Arrays.copyOf(bytes, bytes.length - 3)), "data");
        assertRefused(withBytes(new byte[0]), "must be >= 8 bytes");
    }

    @Test
    void weightsThatAreNotNumbersAreRefused() {
        byte[] bytes = GOOD.toBytes();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(bytes.length - 4, Float.NaN);
        assertRefused(withBytes(bytes), "must be finite");
    }

    @Test
    void weightsThatCouldOverflowAreRefusedThoughTheTestScoreIsFinite() {
        Artifact huge = TestModels.network("films", 1e30f, "a", "b");
        assertRefused(TestModels.published(huge, 1), "must stay finite for any input");
    }

    @Test
    void anotherFormatIsRefused() {
        String text = new String(GOOD.toBytes(), StandardCharsets.ISO_8859_1);
        byte[] bytes = text.replace("\"format\":\"1\"", "\"format\":\"9\"").getBytes(StandardCharsets.ISO_8859_1);
        assertRefused(withBytes(bytes), "format=9");
    }

    @Test
    void aModelForOtherFeaturesThanItWasTrainedWithIsRefused() {
        String text = new String(GOOD.toBytes(), StandardCharsets.ISO_8859_1);
        assertThat(text).containsOnlyOnce("\\\"path\\\":\\\"x\\\"");
        byte[] bytes =
                text.replace("\\\"path\\\":\\\"x\\\"", "\\\"path\\\":\\\"z\\\"").getBytes(StandardCharsets.ISO_8859_1);
        assertRefused(withBytes(bytes), "as announced: features' sha256=");
    }

    @Test
    void aModelOfAnotherLoopOrKindIsRefused() {
        byte[] other = TestModels.preferring("songs", "a", "a", "b").toBytes();
        assertRefused(withBytes(other), "must be films as announced: loop=songs");
        byte[] regression = TestModels.regression("films", 1, 0).toBytes();
        assertRefused(withBytes(regression), "loopKind=regression");
    }

    @Test
    void aModelThatIsTooSlowIsRefused() {
        PublishedModel published = TestModels.published(GOOD, 1);
        assertThatThrownBy(() ->
                        AdmitModel.admit(published, Optional.of(LOOP), Duration.ofNanos(1), TestLoops.NOW, NO_REST))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("must score a decision within PT0.000000001S: took PT");
    }

    @Test
    void aVersionOfNothingIsRefused() {
        assertRefused(TestModels.published(GOOD, 0), "must be >= 1: version=0");
    }
}
