package io.leeway.stack;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/** Whether a service says of itself that it is ready. Stateless. */
public final class Readiness {
    private static final String PATH = "/q/health/ready";
    private static final int TIMEOUT_MILLIS = (int) Duration.ofSeconds(2).toMillis();

    private Readiness() {}

    public static boolean of(int port) {
        try {
            HttpURLConnection connection = (HttpURLConnection) URI.create("http://" + Ports.HOST + ":" + port + PATH)
                    .toURL()
                    .openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }
}
