package io.leeway.prediction.journal;

import java.util.NavigableMap;
import org.jboss.logging.Logger;

/** Counts what an earlier process left, ends it behind its last whole record, and tells of what cannot be read. */
final class Recovery {
    private static final Logger LOG = Logger.getLogger(Recovery.class);

    private Recovery() {}

    /** Whole records from {@code position} on. */
    static long count(NavigableMap<Long, Segment> segments, long position) {
        long records = 0;
        for (Segment segment : segments.tailMap(position >>> 32).values()) {
            int offset = segment.index() == position >>> 32 ? (int) position : Segment.HEADER_BYTES;
            int length;
            while ((length = segment.checkedLength(offset)) >= 0) {
                records++;
                offset += Segment.room(length);
            }
            if (segments.higherKey(segment.index()) == null) {
                // At most one record that nobody was told of lies half-written behind it.
                segment.close(offset);
            } else if (!segment.ends(offset)) {
                LOG.errorf(
                        "journal segment %s is damaged at byte %d (a loss of power?): what follows in it is lost",
                        segment.file(), offset);
            }
        }
        return records;
    }
}
