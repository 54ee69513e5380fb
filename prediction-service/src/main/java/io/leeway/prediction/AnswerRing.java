package io.leeway.prediction;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Ticker;
import io.leeway.contracts.Loop;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The latest answers as bytes in arrays that live as long as the service, the oldest overwritten first. The garbage collector neither
 * copies nor visits them, which objects of some kilobytes that live for minutes would cost it with every decision. An answer may be lost
 * before its turn when eight later ones share its place in the index: rare while there is room, and no worse than being overwritten.
 * Thread safe.
 */
final class AnswerRing {
    private static final int PAGE_BITS = 18;
    private static final int PAGE = 1 << PAGE_BITS;
    private static final int LARGEST = PAGE / 8;
    private static final int WAYS = 8;
    private static final int STRIPES = 4;
    /** What an entry of the index is made for: it has room for twice as many entries. */
    private static final int TYPICAL = 1024;

    private static final int HEADER = 8 + 8 + 8 + 1 + 4 + 4 + 4 + 4;

    private final long nanosKept;
    private final Ticker ticker;
    private final Stripe[] stripes = new Stripe[STRIPES];

    /** @param bytes that it holds at the most, beside its index of a sixty-fourth; rounded up to some pages */
    AnswerRing(long bytes, long nanosKept, Ticker ticker) {
        this.nanosKept = nanosKept;
        this.ticker = ticker;
        int pages = Math.toIntExact(Math.max(2, (bytes / STRIPES + PAGE - 1) / PAGE));
        Arrays.setAll(stripes, i -> new Stripe(pages));
    }

    /** Whether it took the answer: it leaves very long ones to others. */
    boolean put(Loop loop, String eventId, long digest, boolean deferred, byte[] answer) {
        byte[] name = loop.name().getBytes(UTF_8);
        byte[] id = eventId.getBytes(UTF_8);
        byte[] salt = loop.salt().getBytes(UTF_8);
        int length = HEADER + name.length + id.length + salt.length + answer.length;
        if (length > LARGEST) {
            return false;
        }
        long key = key(loop.name(), eventId);
        Stripe stripe = stripe(key);
        synchronized (stripe) {
            long position = stripe.reserve(length);
            ByteBuffer page = stripe.page(position);
            page.position((int) (position & (PAGE - 1)));
            page.putLong(ticker.read()).putLong(digest).putLong(loop.revision());
            page.put((byte) (deferred ? 1 : 0));
            page.putInt(name.length).putInt(id.length).putInt(salt.length).putInt(answer.length);
            page.put(name).put(id).put(salt).put(answer);
            stripe.index(key, position);
        }
        return true;
    }

    /** Null if it is not there, or has been for too long. */
    Remembered find(String loop, String eventId) {
        long key = key(loop, eventId);
        Stripe stripe = stripe(key);
        synchronized (stripe) {
            int slot = stripe.slot(key);
            return slot < 0 ? null : read(stripe.at(slot), stripe.positions[slot], loop, eventId);
        }
    }

    void forget(String loop, String eventId) {
        long key = key(loop, eventId);
        Stripe stripe = stripe(key);
        synchronized (stripe) {
            int slot = stripe.slot(key);
            if (slot >= 0) {
                stripe.positions[slot] = 0;
            }
        }
    }

    private Remembered read(ByteBuffer page, long position, String loop, String eventId) {
        page.position((int) (position & (PAGE - 1)));
        boolean old = ticker.read() - page.getLong() > nanosKept;
        long digest = page.getLong();
        long revision = page.getLong();
        boolean deferred = page.get() == 1;
        byte[] name = new byte[page.getInt()];
        byte[] id = new byte[page.getInt()];
        byte[] salt = new byte[page.getInt()];
        byte[] answer = new byte[page.getInt()];
        page.get(name).get(id).get(salt).get(answer);
        if (old || !loop.equals(new String(name, UTF_8)) || !eventId.equals(new String(id, UTF_8))) {
            return null;
        }
        Remembered found = Remembered.ofAnswer(
                new RequestDigest(digest),
                0,
                new RememberedAnswer(new String(salt, UTF_8), revision, deferred, answer));
        found.logged();
        return found;
    }

    private static long key(String loop, String eventId) {
        long key = StructureHash.ofNext(StructureHash.hash(loop), StructureHash.hash(eventId));
        return key == 0 ? 1 : key;
    }

    private Stripe stripe(long key) {
        return stripes[(int) (key >>> 62)];
    }

    /**
     * Pages and the index into them. Positions only grow: page number times page size, and the offset; a page number of the past says
     * that the place has been overwritten.
     */
    private static final class Stripe {
        private final ByteBuffer[] pages;
        private final long[] keys;
        private final long[] positions;
        private long pageNumber = 1;
        private int offset;

        private Stripe(int pages) {
            this.pages = new ByteBuffer[pages];
            int slots = Integer.highestOneBit(Math.max(WAYS, (int) ((long) pages * PAGE / TYPICAL))) << 1;
            this.keys = new long[slots];
            this.positions = new long[slots];
        }

        private long reserve(int length) {
            if (offset + length > PAGE) {
                pageNumber++;
                offset = 0;
            }
            long position = (pageNumber << PAGE_BITS) + offset;
            offset += length;
            return position;
        }

        /** Made when it is first needed: an idle service needs none. */
        private ByteBuffer page(long position) {
            int page = (int) ((position >>> PAGE_BITS) % pages.length);
            if (pages[page] == null) {
                pages[page] = ByteBuffer.wrap(new byte[PAGE]);
            }
            return pages[page];
        }

        private ByteBuffer at(int slot) {
            return page(positions[slot]);
        }

        private boolean kept(long position) {
            return (position >>> PAGE_BITS) > Math.max(0, pageNumber - pages.length);
        }

        /** Where the key stands in the index; -1 if it does not. */
        private int slot(long key) {
            int first = first(key);
            for (int i = first; i < first + WAYS; i++) {
                if (keys[i] == key && kept(positions[i])) {
                    return i;
                }
            }
            return -1;
        }

        /** Takes the key's own slot, or that of the oldest of its neighbours. */
        private void index(long key, long position) {
            int first = first(key);
            int slot = first;
            for (int i = first; i < first + WAYS; i++) {
                if (keys[i] == key) {
                    slot = i;
                    break;
                }
                if (positions[i] < positions[slot]) {
                    slot = i;
                }
            }
            keys[slot] = key;
            positions[slot] = position;
        }

        private int first(long key) {
            return (int) (key >>> 8) & (keys.length - 1) & -WAYS;
        }
    }
}
