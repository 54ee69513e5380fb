package io.leeway.prediction.http;

import io.leeway.prediction.World;
import io.leeway.stack.Broker;
import io.leeway.stack.Folders;
import io.leeway.stack.Ports;
import io.leeway.stack.TopicSetup;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A broker that a test may kill. What is known of it stands in system properties: Quarkus loads the class of a test resource
 * more than once.
 */
public final class OwnBroker implements QuarkusTestResourceLifecycleManager {
    private static final String HOME = "leeway.outage.home";
    private static final String PORT = "leeway.outage.port";
    private static final String PID = "leeway.outage.pid";

    @Override
    public Map<String, String> start() {
        Path home = Folders.ofThisProcess(Path.of("target", "outage"));
        System.setProperty(HOME, home.toString());
        System.setProperty(PORT, Integer.toString(Ports.free()));
        Runtime.getRuntime().addShutdownHook(new Thread(OwnBroker::kill, "stop-own-broker"));
        restart();
        TopicSetup.create(bootstrapServers());
        return Map.of("kafka.bootstrap.servers", bootstrapServers());
    }

    @Override
    public void stop() {
        kill();
    }

    static String bootstrapServers() {
        return Ports.HOST + ":" + Integer.getInteger(PORT);
    }

    static void restart() {
        Path home = Path.of(System.getProperty(HOME));
        Broker broker = Broker.start(
                home.resolve("kafka"), Integer.getInteger(PORT), home.resolve("kafka.log"), Folders.temporaryCache());
        System.setProperty(PID, Long.toString(broker.process().pid()));
    }

    static void kill() {
        Long pid = Long.getLong(PID);
        if (pid != null) {
            ProcessHandle.of(pid).ifPresent(process -> {
                process.destroyForcibly();
                process.onExit().join();
            });
        }
    }

    /** Holds the broker still, as a network does that hardly moves; {@code STOP} or {@code CONT}. */
    static void signal(String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(Long.getLong(PID)))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static void write(String topic, String key, byte[] value) {
        World.write(bootstrapServers(), new ProducerRecord<>(topic, key, value));
    }

    static long count(String topic, String key) {
        return World.read(bootstrapServers(), topic).stream()
                .filter(record -> key.equals(record.key()))
                .count();
    }
}
