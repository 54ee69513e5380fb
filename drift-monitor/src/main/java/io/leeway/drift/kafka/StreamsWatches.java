package io.leeway.drift.kafka;

import io.leeway.drift.InstanceElsewhereException;
import io.leeway.drift.LocalWatches;
import jakarta.inject.Singleton;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsNotStartedException;
import org.apache.kafka.streams.state.HostInfo;

/** The watches of this instance's partitions, asked through Kafka Streams. Thread safe. */
@Singleton
class StreamsWatches implements LocalWatches {
    private final KafkaStreams streams;
    private final HostInfo here;

    StreamsWatches(KafkaStreams streams, StreamsConfig config) {
        this.streams = streams;
        this.here = HostInfo.buildFromEndpoint(config.getString(StreamsConfig.APPLICATION_SERVER_CONFIG));
    }

    @Override
    public void requireHere(String loop) {
        KeyQueryMetadata place = place(loop);
        if (place.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
            throw new InstanceElsewhereException(loop, ", which is not known yet");
        }
        if (!place.activeHost().equals(here)) {
            throw new InstanceElsewhereException(
                    loop,
                    ", at " + place.activeHost().host() + ":"
                            + place.activeHost().port());
        }
    }

    private KeyQueryMetadata place(String loop) {
        try {
            return streams.queryMetadataForKey(WatchTopology.NAME, loop, new StringSerializer());
        } catch (StreamsNotStartedException | IllegalStateException e) {
            return KeyQueryMetadata.NOT_AVAILABLE;
        }
    }
}
