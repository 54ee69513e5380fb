package io.leeway.drift.webhook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One HTTP/1.1 POST to an address that was resolved before, for a host by name: Java's own client would resolve the name again. Follows
 * no redirect, uses no proxy, reads no more than the status line. Thread safe.
 */
final class Post {
    private static final int LONGEST_STATUS_LINE = 1000;

    private final SSLSocketFactory tls;
    private final Duration timeout;
    private final ScheduledExecutorService watchdog;

    /** @param watchdog ends what takes longer than {@code timeout} */
    Post(SSLSocketFactory tls, Duration timeout, ScheduledExecutorService watchdog) {
        this.tls = tls;
        this.timeout = timeout;
        this.watchdog = watchdog;
    }

    /** The status of the answer. */
    int send(Target target, InetAddress address, Map<String, String> headers, byte[] body) throws IOException {
        try (Socket plain = new Socket(Proxy.NO_PROXY)) {
            ScheduledFuture<?> end =
                    watchdog.schedule(() -> closeQuietly(plain), timeout.toMillis(), TimeUnit.MILLISECONDS);
            try {
                plain.connect(new InetSocketAddress(address, target.port()), (int) timeout.toMillis());
                plain.setSoTimeout((int) timeout.toMillis());
                Socket socket = target.secure() ? secure(plain, target) : plain;
                OutputStream out = socket.getOutputStream();
                out.write(head(target, headers, body.length));
                out.write(body);
                out.flush();
                return status(socket.getInputStream());
            } catch (IOException e) {
                throw end.isDone() ? new SocketTimeoutException("no answer within " + timeout) : e;
            } finally {
                end.cancel(false);
            }
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more either way.
        }
    }

    private Socket secure(Socket plain, Target target) throws IOException {
        SSLSocket socket = (SSLSocket) tls.createSocket(plain, target.host(), target.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setServerNames(List.of(new SNIHostName(target.host())));
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static byte[] head(Target target, Map<String, String> headers, int length) {
        StringBuilder head = new StringBuilder("POST ")
                .append(target.path())
                .append(" HTTP/1.1\r\nHost: ")
                .append(target.authority())
                .append("\r\nContent-Length: ")
                .append(length)
                .append("\r\nConnection: close\r\n");
        headers.forEach((name, value) -> head.append(name)
                .append(": ")
                .append(value.replaceAll("[^ -~]", "?"))
                .append("\r\n"));
        return head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static int status(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n' && line.size() < LONGEST_STATUS_LINE; next = in.read()) {
            line.write(next);
        }
        String text = line.toString(StandardCharsets.US_ASCII).trim();
        if (!text.matches("HTTP/1\\.[01] [1-5][0-9]{2}.*")) {
            throw new IOException("must be an HTTP/1 status line");
        }
        return Integer.parseInt(text.substring(9, 12));
    }
}
