package io.leeway.feedback.store;

import io.leeway.contracts.ContractViolation;
import io.leeway.contracts.Decision;
import io.leeway.contracts.Episode;
import io.leeway.feedback.ProjectionUnavailableException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Finds the steps of episodes by their index. The step that follows is the decision of the next number; where that one was decided
 * twice, the earlier decision. Nothing follows a terminal step. Thread safe.
 */
@ApplicationScoped
class EpisodeSteps {
    private static final String OF_EPISODE = "d.loop = ? and (d.body #>> '{episode,id}') = ?";
    private static final String STEP = "((d.body #>> '{episode,step}')::numeric)";

    private static final String STEPS = "select d.event_id, d.time, d.week, " + STEP
            + "::int, coalesce((d.body #>> '{episode,terminal}')::boolean, false)"
            + " from projection.decision d where " + OF_EPISODE;

    private static final String EXTENT = "select count(distinct " + STEP + "), max(" + STEP + ")::int,"
            + " (array_agg(coalesce((d.body #>> '{episode,terminal}')::boolean, false) order by " + STEP + " desc))[1]"
            + " from projection.decision d where " + OF_EPISODE;

    private static final String NEXT = """
            select distinct on (asked.n) asked.loop, asked.episode, asked.step, d.event_id
            from unnest(?::text[], ?::text[], ?::int[]) with ordinality as asked(loop, episode, step, n)
            join projection.decision d on d.loop = asked.loop
                and (d.body #>> '{episode,id}') = asked.episode and (d.body #>> '{episode,id}') is not null
                and ((d.body #>> '{episode,step}')::numeric) = asked.step
            order by asked.n, d.time, d.event_id""";

    private final DataSource database;

    EpisodeSteps(DataSource database) {
        this.database = database;
    }

    /** Where a step was found. */
    record Found(String eventId, Instant time, LocalDate week, int step, boolean terminal) {
        PageKey key() {
            return new PageKey(time, step + " " + eventId);
        }
    }

    /** What is known of an episode as a whole. */
    record Extent(long knownSteps, int lastStep, boolean ended) {}

    /** Empty if nothing is known of it. */
    Optional<Extent> extent(String loop, String episodeId) {
        return read(
                        new Conditions(EXTENT, loop, episodeId),
                        row -> new Extent(row.getLong(1), row.getInt(2), row.getBoolean(3)))
                .stream()
                .filter(extent -> extent.knownSteps() > 0)
                .findFirst();
    }

    /** @param after null for the first steps */
    List<Found> find(String loop, String episodeId, int limit, PageKey after) {
        Conditions query = new Conditions(STEPS, loop, episodeId);
        if (after != null) {
            String[] place = after.eventId().split(" ", 2);
            query.and(
                    "(" + STEP + ", d.time, d.event_id) > (?, ?, ?)",
                    step(place),
                    Conditions.time(after.time()),
                    place[1]);
        }
        query.add(" order by " + STEP + ", d.time, d.event_id limit ?", limit);
        return read(
                query,
                row -> new Found(
                        row.getString(1),
                        EventSearch.time(row, 2),
                        row.getObject(3, LocalDate.class),
                        row.getInt(4),
                        row.getBoolean(5)));
    }

    private static int step(String[] place) {
        try {
            if (place.length == 2) {
                return Integer.parseInt(place[0]);
            }
        } catch (NumberFormatException e) {
            throw (ContractViolation) notAPage(place).initCause(e);
        }
        throw notAPage(place);
    }

    private static ContractViolation notAPage(String[] place) {
        return new ContractViolation("after", "must be what a page of an episode named as next", place[0]);
    }

    /** A step of an episode. */
    private record Place(String loop, String episodeId, int step) {
        /** Of the step after a decision; null where nothing can follow. */
        static Place after(Decision decision) {
            Episode episode = decision.episode();
            boolean last = episode == null || episode.terminal() || episode.step() == Integer.MAX_VALUE;
            return last ? null : new Place(decision.loop(), episode.id(), episode.step() + 1);
        }
    }

    /** From decisions to those that follow them. */
    static final class Links {
        private final Map<Place, String> eventIds;

        private Links(Map<Place, String> eventIds) {
            this.eventIds = eventIds;
        }

        /** Event id of what followed; null if that is nothing, or not known. */
        String after(Decision decision) {
            Place place = decision == null ? null : Place.after(decision);
            return place == null ? null : eventIds.get(place);
        }
    }

    /** One query for any number of decisions; none where no decision belongs to an episode. */
    Links links(Stream<Decision> decisions) {
        List<Place> places = decisions
                .filter(Objects::nonNull)
                .map(Place::after)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return new Links(places.isEmpty() ? Map.of() : find(places));
    }

    private Map<Place, String> find(List<Place> places) {
        Map<Place, String> found = new HashMap<>();
        try (Connection connection = database.getConnection()) {
            Conditions query = new Conditions(
                    NEXT,
                    connection.createArrayOf(
                            "text", places.stream().map(Place::loop).toArray()),
                    connection.createArrayOf(
                            "text", places.stream().map(Place::episodeId).toArray()),
                    connection.createArrayOf(
                            "int4", places.stream().map(Place::step).toArray()));
            Sql.read(
                    connection,
                    query,
                    row -> found.put(new Place(row.getString(1), row.getString(2), row.getInt(3)), row.getString(4)));
            return found;
        } catch (SQLException e) {
            throw new ProjectionUnavailableException(e);
        }
    }

    private <T> List<T> read(Conditions query, Columns.RowReader<T> reader) {
        try (Connection connection = database.getConnection()) {
            return Sql.read(connection, query, reader);
        } catch (SQLException e) {
            throw new ProjectionUnavailableException(e);
        }
    }
}
