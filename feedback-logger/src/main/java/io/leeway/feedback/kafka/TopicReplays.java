package io.leeway.feedback.kafka;

import io.leeway.contracts.Loop;
import io.leeway.contracts.LoopKind;
import io.leeway.contracts.LoopSettings;
import io.leeway.feedback.FeedbackLoggerConfig;
import io.leeway.feedback.Plausible;
import io.leeway.feedback.Replay;
import io.leeway.kit.LoopDirectory;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Begins replays of the topics. Thread safe. */
@Singleton
class TopicReplays implements Replay.Source {
    private static final int RECORDS_AT_A_TIME = 1000;

    private final String bootstrapServers;
    private final LoopDirectory loops;
    private final Plausible plausible;
    private final LandingLoop landingLoop;
    private final FeedbackLoggerConfig config;
    private final Clock clock;

    TopicReplays(
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
            LoopDirectory loops,
            Plausible plausible,
            LandingLoop landingLoop,
            FeedbackLoggerConfig config,
            Clock clock) {
        this.bootstrapServers = bootstrapServers;
        this.loops = loops;
        this.plausible = plausible;
        this.landingLoop = landingLoop;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public Replay begin(String loop, List<String> projected) {
        KnownLoops known = new KnownLoops(directory(projected), () -> true, clock, Duration.ZERO);
        Intake intake = new Intake(known, plausible, config);
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                RECORDS_AT_A_TIME,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false);
        return new TopicReplay(
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer()),
                into -> new RecordLanding(intake, into, landingLoop, name -> loop == null || name.equals(loop)));
    }

    /** A loop that was deleted still has its rows; its rewards have been clipped or refused already, long ago. */
    private LoopDirectory directory(List<String> projected) {
        LoopDirectory directory = new LoopDirectory();
        for (String name : projected) {
            LoopSettings unbounded = LoopSettings.of(LoopKind.REGRESSION);
            directory.put(new Loop(name, 1, "none", unbounded, null, clock.instant(), clock.instant(), null));
        }
        loops.all().forEach(directory::put);
        return directory;
    }
}
