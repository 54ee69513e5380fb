package io.leeway.kit.kafka;

import org.jboss.logging.Logger;

/**
 * Loads the native LZ4 that comes with the Kafka client. The client takes it by itself only where the system's class loader has loaded
 * it, which is never so in a service, and its Java twin costs several times the CPU: more than all the rest of sending.
 */
final class NativeCompression {
    private static final Logger LOG = Logger.getLogger(NativeCompression.class);

    private NativeCompression() {}

    /** Once loaded it is used by every producer and consumer that begins to compress afterwards. */
    static void load() {
        try {
            // By name: the library is the Kafka client's own, not ours.
            Class.forName("net.jpountz.util.Native").getMethod("load").invoke(null);
        } catch (ReflectiveOperationException | LinkageError e) {
            LOG.infof("records are compressed in Java, native LZ4 is not there: %s", e);
        }
    }
}
