package io.leeway.stack;

import java.nio.file.Path;
import java.util.Properties;

/** The broker's configuration: one node, loopback only, sized for a laptop. Stateless. */
final class BrokerSettings {
    /** The largest record batch that any topic may allow: a dead letter. */
    static final int MESSAGE_BYTES = 12 << 20;

    private static final String NODE_ID = "1";

    private BrokerSettings() {}

    /**
     * @param controllerPort any free port: with a static voter it is in no record on disk, so it may change between runs
     */
    static Properties of(Path dataDir, int port, int controllerPort) {
        Properties settings = new Properties();
        String host = Ports.HOST;
        settings.setProperty("process.roles", "broker,controller");
        settings.setProperty("node.id", NODE_ID);
        settings.setProperty("controller.quorum.voters", NODE_ID + "@" + host + ":" + controllerPort);
        settings.setProperty(
                "listeners", "PLAINTEXT://" + host + ":" + port + ",CONTROLLER://" + host + ":" + controllerPort);
        settings.setProperty("advertised.listeners", "PLAINTEXT://" + host + ":" + port);
        settings.setProperty("controller.listener.names", "CONTROLLER");
        settings.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.setProperty("log.dirs", dataDir.resolve("log").toString());
        settings.setProperty("auto.create.topics.enable", "false");
        settings.setProperty("num.partitions", "6");
        settings.setProperty("message.max.bytes", Integer.toString(MESSAGE_BYTES));
        singleNode(settings);
        laptopSize(settings);
        return settings;
    }

    private static void singleNode(Properties settings) {
        settings.setProperty("default.replication.factor", "1");
        settings.setProperty("min.insync.replicas", "1");
        settings.setProperty("offsets.topic.replication.factor", "1");
        settings.setProperty("transaction.state.log.replication.factor", "1");
        settings.setProperty("transaction.state.log.min.isr", "1");
        settings.setProperty("share.coordinator.state.topic.replication.factor", "1");
        settings.setProperty("share.coordinator.state.topic.min.isr", "1");
        // A lone consumer has nobody to wait for.
        settings.setProperty("group.initial.rebalance.delay.ms", "0");
        // Lets the controller take the broker for alive soon after its start.
        settings.setProperty("broker.heartbeat.interval.ms", "250");
        // After a kill the broker is let in again only when its previous life has timed out.
        settings.setProperty("broker.session.timeout.ms", "4000");
    }

    private static void laptopSize(Properties settings) {
        settings.setProperty("offsets.topic.num.partitions", "6");
        settings.setProperty("transaction.state.log.num.partitions", "6");
        settings.setProperty("share.coordinator.state.topic.num.partitions", "6");
        // The default takes 128 MiB of heap.
        settings.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(16 << 20));
        // What a topic no longer keeps is gone soon; five minutes of a benchmark are tens of gigabytes.
        settings.setProperty("log.retention.check.interval.ms", "10000");
        settings.setProperty("num.network.threads", "2");
        settings.setProperty("num.io.threads", "4");
        settings.setProperty("num.recovery.threads.per.data.dir", "2");
    }
}
