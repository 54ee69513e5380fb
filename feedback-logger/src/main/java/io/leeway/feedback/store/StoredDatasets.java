package io.leeway.feedback.store;

import io.leeway.feedback.Datasets;
import io.leeway.feedback.ProjectionUnavailableException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import javax.sql.DataSource;

/** Keeps what models were trained on. Thread safe. */
@ApplicationScoped
class StoredDatasets implements Datasets {
    private static final String NOTE = """
            insert into projection.dataset (loop, model_version, last_time, dataset_id, first_time)
            values (?, ?, ?, ?, ?)
            on conflict (loop, model_version) do update set
                last_time = excluded.last_time, dataset_id = excluded.dataset_id, first_time = excluded.first_time""";

    private final DataSource database;

    StoredDatasets(DataSource database) {
        this.database = database;
    }

    @Override
    public void note(String loop, long modelVersion, String datasetId, Instant from, Instant to) {
        try (Connection connection = database.getConnection()) {
            Sql.update(
                    connection,
                    new Conditions(NOTE, loop, modelVersion, Conditions.time(to))
                            .parameter(datasetId)
                            .parameter(from == null ? null : Conditions.time(from)));
        } catch (SQLException e) {
            throw new ProjectionUnavailableException(e);
        }
    }
}
