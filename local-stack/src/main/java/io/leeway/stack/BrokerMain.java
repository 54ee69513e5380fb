package io.leeway.stack;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * The broker's process: a Kafka server that is broker and KRaft controller in one, from a properties file.
 *
 * <p>The log directory is formatted on the first start with Kafka's own formatter and kept as it is afterwards.
 */
public final class BrokerMain {
    private BrokerMain() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("must be one properties file: arguments=" + arguments.length);
        }
        Path file = Path.of(arguments[0]).toAbsolutePath();
        // Kafka locks its log directory too, but reads the metadata log, and may truncate it, before it does.
        FolderLock lock = FolderLock.take(file.getParent());
        Properties properties = read(file);
        format(properties);
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "broker-shutdown"));
        server.startup();
        server.awaitShutdown();
        lock.close();
    }

    private static void format(Properties properties) throws Exception {
        String directory = properties.getProperty("log.dirs");
        Files.createDirectories(Path.of(directory));
        new Formatter()
                .setNodeId(Integer.parseInt(properties.getProperty("node.id")))
                .setClusterId(
                        clusterId(directory).orElseGet(() -> Uuid.randomUuid().toString()))
                .setControllerListenerName(properties.getProperty("controller.listener.names"))
                .addDirectory(directory)
                .setIgnoreFormatted(true)
                .setPrintStream(System.err)
                .run();
    }

    private static Optional<String> clusterId(String directory) throws IOException {
        return new MetaPropertiesEnsemble.Loader()
                .addLogDirs(List.of(directory))
                .load()
                .clusterId();
    }

    private static Properties read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties;
    }
}
