package io.leeway.feedback;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How far a batch reaches: the last position of each partition that it holds records of, also of those that are not stored. */
public record Reach(List<Position> last) {
    public static final Reach NOWHERE = new Reach(List.of());

    public Reach {
        last = List.copyOf(last);
    }

    /** @param positions in any order */
    public static Reach of(Collection<Position> positions) {
        Map<String, Position> last = new LinkedHashMap<>();
        positions.forEach(position -> last.merge(
                position.topic() + "-" + position.partition(), position, (a, b) -> a.compareTo(b) > 0 ? a : b));
        return new Reach(List.copyOf(last.values()));
    }
}
