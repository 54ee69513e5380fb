package io.leeway.cli.client;

import java.net.URI;
import java.net.URISyntaxException;

/** Where the four services answer. */
public record Addresses(URI prediction, URI feedback, URI training, URI drift) {
    public static final int PREDICTION_PORT = 8081;

    /** The default ports on this machine. */
    public static Addresses local() {
        return of("http://localhost:" + PREDICTION_PORT);
    }

    /**
     * @param url address of prediction-service; feedback-logger, training-service and drift-monitor are on the next three ports
     * @throws IllegalArgumentException if it is not an http or https address
     */
    public static Addresses of(String url) {
        URI first;
        try {
            first = new URI(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("must be an address such as http://localhost:8081: url=" + url, e);
        }
        if (first.getHost() == null || !("http".equals(first.getScheme()) || "https".equals(first.getScheme()))) {
            throw new IllegalArgumentException("must be an address such as http://localhost:8081: url=" + url);
        }
        int port = first.getPort() < 0 ? PREDICTION_PORT : first.getPort();
        return of(first.getScheme(), first.getHost(), port, port + 1, port + 2, port + 3);
    }

    public static Addresses ofPorts(int prediction, int feedback, int training, int drift) {
        return of("http", "localhost", prediction, feedback, training, drift);
    }

    private static Addresses of(String scheme, String host, int prediction, int feedback, int training, int drift) {
        return new Addresses(
                at(scheme, host, prediction),
                at(scheme, host, feedback),
                at(scheme, host, training),
                at(scheme, host, drift));
    }

    private static URI at(String scheme, String host, int port) {
        return URI.create(scheme + "://" + host + ":" + port);
    }
}
