package io.leeway.kit;

import io.leeway.contracts.rest.Problem;

/** How refusals look below a path that speaks another protocol than ours, in place of {@code application/problem+json}. */
public interface RefusalForm {
    /** Whether calls of this path, which begins with a slash, are refused in this form. */
    boolean appliesTo(String path);

    /** What is written as JSON. */
    Object body(Problem problem);

    /** Status to answer with. */
    default int status(Problem problem) {
        return problem.status();
    }
}
