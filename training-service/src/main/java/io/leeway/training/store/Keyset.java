package io.leeway.training.store;

import io.leeway.training.Page;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import java.util.Arrays;
import java.util.List;

/** The one way in which lists are paged: rows below a key, largest key first. Stateless. */
final class Keyset {
    private Keyset() {}

    /**
     * Rows whose number is below the page's.
     *
     * @param where condition with parameters ?1, ?2, ...
     */
    static <E> List<E> byNumber(
            PanacheRepositoryBase<E, ?> rows, String key, Page page, String where, Object... parameters) {
        return below(rows, key, page, page.number(), where, parameters);
    }

    /** Rows whose text is below the page's. */
    static <E> List<E> byText(
            PanacheRepositoryBase<E, ?> rows, String key, Page page, String where, Object... parameters) {
        return below(rows, key, page, page.text(), where, parameters);
    }

    private static <E> List<E> below(
            PanacheRepositoryBase<E, ?> rows, String key, Page page, Object bound, String where, Object... parameters) {
        Object[] all = Arrays.copyOf(parameters, parameters.length + 1);
        all[parameters.length] = bound;
        String query = where + " and " + key + " < ?" + all.length + " order by " + key + " desc";
        return rows.find(query, all).page(0, page.limit()).list();
    }
}
