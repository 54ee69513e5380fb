package io.leeway.drift.webhook;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address to post to, taken apart.
 *
 * @param path with the query, beginning with a slash
 */
record Target(boolean secure, String host, int port, String path) {
    private static final Pattern URL =
            Pattern.compile("(https?)://([A-Za-z0-9.-]{1,253})(?::([0-9]{1,5}))?(/[!-~]{0,1500})?");
    private static final int HTTPS = 443;
    private static final int HTTP = 80;
    private static final int LARGEST_PORT = 65_535;

    /** @throws RefusedException if this is no address that could be posted to */
    static Target of(String url) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw new RefusedException("must be an http or https address");
        }
        boolean secure = parts.group(1).equals("https");
        int port = parts.group(3) == null ? secure ? HTTPS : HTTP : Integer.parseInt(parts.group(3));
        if (port < 1 || port > LARGEST_PORT) {
            throw new RefusedException("must be a port: port=" + port);
        }
        String path = parts.group(4) == null ? "/" : parts.group(4).replaceFirst("#.*", "");
        return new Target(secure, parts.group(2).toLowerCase(Locale.ROOT), port, path);
    }

    /** As the Host header says it. */
    String authority() {
        return port == (secure ? HTTPS : HTTP) ? host : host + ":" + port;
    }
}
