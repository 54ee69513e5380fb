package io.leeway.drift.kafka;

import io.leeway.contracts.EventType;
import io.leeway.contracts.Headers;
import io.leeway.contracts.Topics;
import io.leeway.drift.Asks;
import io.leeway.drift.DriftMonitorConfig;
import io.leeway.drift.Surroundings;
import io.leeway.drift.WatchBoard;
import io.leeway.drift.WatchMetrics;
import io.leeway.kit.kafka.EventHeaders;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;

/**
 * The streams: decisions, feedback and training events are cut down to what a watch needs and rekeyed by the loop that their
 * payload names, through one repartition topic, so that all that a watch takes in has one order; each watch then folds over it.
 *
 * <pre>
 * decisions, feedback, training-events -> rekey -> watch-repartition -> watch (store) -> drift, retrain-requests
 *                                           \-> dead letters
 * </pre>
 */
@Singleton
public class WatchTopology {
    static final String NAME = "watch";
    private static final Serde<String> TEXT = Serdes.String();
    private static final Serde<byte[]> BYTES = Serdes.ByteArray();

    private final DriftMonitorConfig config;
    private final Surroundings surroundings;
    private final WatchBoard board;
    private final WatchMetrics metrics;
    private final Asks asks;

    WatchTopology(
            DriftMonitorConfig config, Surroundings surroundings, WatchBoard board, WatchMetrics metrics, Asks asks) {
        this.config = config;
        this.surroundings = surroundings;
        this.board = board;
        this.metrics = metrics;
        this.asks = asks;
    }

    @Produces
    @Singleton
    Topology topology() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(List.of(Topics.DECISIONS, Topics.FEEDBACK, Topics.TRAINING_EVENTS), Consumed.with(TEXT, BYTES))
                .process(() -> new RekeyProcessor(metrics, surroundings), Named.as("rekey"))
                .split(Named.as("rekeyed-"))
                .branch((loop, rekeyed) -> rekeyed.unusable(), Branched.withConsumer(WatchTopology::deadLetters))
                .defaultBranch(Branched.withConsumer(this::watch));
        return builder.build();
    }

    private static void deadLetters(KStream<String, Rekeyed> unusable) {
        unusable.mapValues(Rekeyed::value)
                .to(
                        (key, value, context) ->
                                Topics.deadLetter(EventHeaders.text(context.headers(), Headers.DEAD_LETTER_TOPIC)
                                        .orElseThrow()),
                        Produced.with(TEXT, BYTES));
    }

    private void watch(KStream<String, Rekeyed> usable) {
        usable.mapValues(Rekeyed::value)
                .repartition(Repartitioned.with(TEXT, BYTES).withName(NAME).withNumberOfPartitions(config.partitions()))
                .process(new WatchProcessor.Supplier(config, surroundings, board, metrics, asks), Named.as(NAME))
                .to(
                        (key, value, context) -> EventHeaders.text(context.headers(), Headers.CE_TYPE)
                                .flatMap(EventType::of)
                                .orElseThrow()
                                .topic(),
                        Produced.with(TEXT, BYTES));
    }
}
