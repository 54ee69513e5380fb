package io.leeway.feedback.kafka;

import io.leeway.feedback.JoinState;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The join's state stores: what is held per key, the decisions as they were logged (written once, large), and what is due. */
record JoinStores(KeyValueStore<String, JoinState> states, KeyValueStore<String, byte[]> decisions, DueQueue due) {
    private static final String STATES = "states";
    private static final String DECISIONS = "decisions";
    private static final String DUE = "due";

    static JoinStores of(ProcessorContext<?, ?> context) {
        return new JoinStores(
                context.getStateStore(STATES),
                context.getStateStore(DECISIONS),
                new DueQueue(context.getStateStore(DUE)));
    }

    static Set<StoreBuilder<?>> builders() {
        return Set.of(
                builder(STATES, Serdes.String(), stateSerde()),
                builder(DECISIONS, Serdes.String(), Serdes.ByteArray()),
                builder(DUE, Serdes.Bytes(), Serdes.ByteArray()));
    }

    private static <K, V> StoreBuilder<KeyValueStore<K, V>> builder(String name, Serde<K> key, Serde<V> value) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), key, value);
    }

    private static Serde<JoinState> stateSerde() {
        return Serdes.serdeFrom(
                (topic, state) -> state == null ? null : JoinBytes.of(state),
                (topic, bytes) -> bytes == null ? null : JoinBytes.state(bytes));
    }
}
