package io.leeway.cli.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;

/**
 * One kept-alive HTTP/1.1 connection that posts JSON and reads the answer: hardly more than the bytes, because whoever measures a server
 * on the same machine takes its CPU away. Not thread safe.
 */
final class Connection implements AutoCloseable {
    private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private byte[] buffer = new byte[1 << 16];
    private int bodyFrom;
    private int bodyTo;

    Connection(URI server) throws IOException {
        socket = new Socket(server.getHost(), server.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(30_000);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    /** A whole request, as it goes over the wire. */
    static byte[] request(String method, String path, byte[] body) {
        String head = method + " " + path
                + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: " + body.length
                + "\r\n\r\n";
        byte[] bytes = Arrays.copyOf(head.getBytes(ISO_8859_1), head.length() + body.length);
        System.arraycopy(body, 0, bytes, head.length(), body.length);
        return bytes;
    }

    /** Returns the status. */
    int call(byte[] request) throws IOException {
        out.write(request);
        int filled = 0;
        int head = -1;
        while (head < 0) {
            filled += read(filled);
            head = endOfHead(filled);
        }
        String text = new String(buffer, 0, head, ISO_8859_1).toLowerCase(Locale.ROOT);
        int at = text.indexOf("content-length:");
        int length = at < 0 ? 0 : number(text, at + 15);
        bodyFrom = head + END_OF_HEAD.length;
        bodyTo = bodyFrom + length;
        while (filled < bodyTo) {
            filled += read(filled);
        }
        return Integer.parseInt(text.substring(9, 12));
    }

    private static int number(String text, int from) {
        int end = text.indexOf('\r', from);
        return Integer.parseInt(
                text.substring(from, end < 0 ? text.length() : end).strip());
    }

    byte[] body() {
        return Arrays.copyOfRange(buffer, bodyFrom, bodyTo);
    }

    private int read(int filled) throws IOException {
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * filled);
        }
        int read = in.read(buffer, filled, buffer.length - filled);
        if (read < 0) {
            throw new EOFException("the server has hung up");
        }
        return read;
    }

    private int endOfHead(int filled) {
        for (int i = 0; i + END_OF_HEAD.length <= filled; i++) {
            if (buffer[i] == '\r'
                    && Arrays.equals(buffer, i, i + END_OF_HEAD.length, END_OF_HEAD, 0, END_OF_HEAD.length)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
