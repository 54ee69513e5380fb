package io.leeway.training;

import java.util.List;
import java.util.Map;

/** What was asked lately, as predictors logged it. */
public interface RequestLog {
    /** Contexts of a loop's latest decisions, as policies saw them, at most so many; fewer, or none, where there are no more. */
    List<Map<String, Object>> recent(String loop, int most);
}
