package io.leeway.feedback.store;

import jakarta.inject.Singleton;
import javax.sql.DataSource;

/** Writes the rows that everybody reads. */
@Singleton
class LiveProjection extends JdbcProjection {
    LiveProjection(DataSource database) {
        super(database, Tables.LIVE);
    }
}
