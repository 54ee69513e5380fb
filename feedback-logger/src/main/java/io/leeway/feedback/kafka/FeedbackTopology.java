package io.leeway.feedback.kafka;

import io.leeway.contracts.Topics;
import io.leeway.feedback.FeedbackLoggerConfig;
import io.leeway.feedback.JoinRewards;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The join's topology: decisions and rewards → intake → repartition by loop and event id → join → feedback and fates.
 *
 * <p>The names of the stores and of the repartition topic are part of the data's format: with another name the state is lost.
 */
public class FeedbackTopology {
    static final String APPLICATION = "feedback-logger";
    static final String REPARTITION = "by-event";

    @Produces
    @Singleton
    Topology topology(
            Intake intake,
            FeedbackLoggerConfig config,
            Progress progress,
            JoinMeters joinMeters,
            MeterRegistry meters,
            Clock clock) {
        FeedbackLoggerConfig.Join join = config.join();
        JoinTiming timing = new JoinTiming(join.tick(), join.eventsPerTick(), progress);
        JoinRewards joinRewards = new JoinRewards(join.grace());
        return build(
                () -> new IntakeProcessor(intake, meters, clock),
                () -> new JoinProcessor(joinRewards, timing, joinMeters, clock));
    }

    static Topology build(ProcessorSupplier<byte[], byte[], byte[], Routed> intake, Supplier<JoinProcessor> join) {
        StreamsBuilder builder = new StreamsBuilder();
        KStream<byte[], Routed> taken = builder.stream(
                        List.of(Topics.DECISIONS, Topics.REWARDS),
                        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                                .withTimestampExtractor((record, partitionTime) -> Math.max(0, record.timestamp()))
                                .withName("decisions-and-rewards"))
                .process(intake, Named.as("intake"));
        publish(taken, "dead-letters");
        KStream<byte[], Routed> joined = taken.filter(
                        (key, routed) -> routed instanceof Routed.ToJoin, Named.as("usable"))
                .mapValues(routed -> ((Routed.ToJoin) routed).record(), Named.as("unwrap"))
                .repartition(Repartitioned.with(Serdes.ByteArray(), JoinRecord.serde())
                        .withName(REPARTITION))
                .process(new JoinSupplier(join), Named.as("join"));
        publish(joined, "results");
        return builder.build();
    }

    private static void publish(KStream<byte[], Routed> stream, String name) {
        stream.filter((key, routed) -> routed instanceof Routed.ToTopic, Named.as(name + "-only"))
                .to(
                        (key, routed, context) -> ((Routed.ToTopic) routed).topic(),
                        Produced.with(
                                        Serdes.ByteArray(),
                                        Serdes.serdeFrom(
                                                Routed.serializer(),
                                                (topic, bytes) -> new Routed.ToTopic(topic, bytes)))
                                .withName(name));
    }

    private record JoinSupplier(Supplier<JoinProcessor> join)
            implements ProcessorSupplier<byte[], JoinRecord, byte[], Routed> {
        @Override
        public Processor<byte[], JoinRecord, byte[], Routed> get() {
            return join.get();
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return JoinStores.builders();
        }
    }
}
