package io.leeway.cli.train;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Moments as tables write them. Stateless. */
final class Moments {
    private Moments() {}

    /**
     * {@code 2021-02-28}, {@code 2021-02-28 13:45}, {@code 2021-02-28T13:45:10.5}, with or without Z or an offset; seconds since 1970
     * as a number. Without an offset it is taken for UTC. Null if it is none of these.
     */
    static Instant parse(String text) {
        try {
            if (text.length() < 10 || text.charAt(4) != '-') {
                return text.matches("\\d{1,11}(\\.\\d+)?")
                        ? Instant.ofEpochMilli(Math.round(1000 * Double.parseDouble(text)))
                        : null;
            }
            String iso = text.replace(' ', 'T');
            if (iso.length() == 10) {
                return LocalDate.parse(iso).atStartOfDay(ZoneOffset.UTC).toInstant();
            }
            boolean offset = iso.endsWith("Z") || iso.indexOf('+') > 0 || iso.lastIndexOf('-') > 7;
            return offset
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
