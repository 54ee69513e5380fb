package io.leeway.stack;

import java.util.List;

/** Leeway's services: where they are built, where they listen, and how much heap they get. */
public enum Service {
    PREDICTION("prediction-service", 8081, 256),
    FEEDBACK("feedback-logger", 8082, 384),
    TRAINING("training-service", 8083, 512),
    DRIFT("drift-monitor", 8084, 256);

    private final String moduleName;
    private final int defaultPort;
    private final int heapMegabytes;

    Service(String moduleName, int defaultPort, int heapMegabytes) {
        this.moduleName = moduleName;
        this.defaultPort = defaultPort;
        this.heapMegabytes = heapMegabytes;
    }

    /**
     * Options of its JVM. In the feedback logger most objects live as long as a batch: with the usual third of the heap for young ones,
     * collections took 9 % of the time under full load. What half of it brings has not been measured.
     */
    List<String> jvmOptions() {
        return this == FEEDBACK ? List.of("-XX:NewRatio=1") : List.of();
    }

    /** The module's folder, which is also the service's name everywhere. */
    public String moduleName() {
        return moduleName;
    }

    public int defaultPort() {
        return defaultPort;
    }

    public int heapMegabytes() {
        return heapMegabytes;
    }
}
