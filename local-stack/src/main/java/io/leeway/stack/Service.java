package io.leeway.stack;

import java.util.List;

/** Leeway's services: where they are built, where they listen, and how much heap they get. */
public enum Service {
    PREDICTION("prediction-service", 8081, 256),
    FEEDBACK("feedback-logger", 8082, 512),
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
     * Options of its JVM. In the feedback logger most objects live as long as a batch, and a collection copies those that live: the more
     * room there is for young ones, the fewer there are of both (docs/joining.md).
     */
    List<String> jvmOptions() {
        return this == FEEDBACK ? List.of("-Xmn352m") : List.of();
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
