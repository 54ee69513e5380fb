package io.leeway.stack;

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
