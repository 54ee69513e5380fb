package io.leeway.training.http;

import io.leeway.training.Page;
import jakarta.ws.rs.DefaultValue;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestQuery;

/** Which page of a list is asked for: query parameters {@code limit} and {@code after} of every list. */
public class PageQuery {
    @RestQuery
    @DefaultValue("50")
    int limit;

    @RestQuery
    Optional<String> after;

    Page page() {
        return new Page(limit, after);
    }
}
