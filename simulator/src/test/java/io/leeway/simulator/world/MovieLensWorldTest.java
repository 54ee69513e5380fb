package io.leeway.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.contracts.Action;
import io.leeway.simulator.Data;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MovieLensWorldTest {

    private static final MovieLensWorld.Options OPTIONS = MovieLensWorld.Options.defaults();
    private static final Map<MovieLensWorld.Options, MovieLensWorld> WORLDS = new ConcurrentHashMap<>();

    @Test
    void offersTheMostRatedFilmsToUsersByTheirVectors() throws IOException {
        MovieLensWorld world = real(OPTIONS);
        assertThat(world.actions()).hasSize(20).extracting(Action::id).startsWith("film-50", "film-258", "film-100");
        assertThat(world.actions().get(0).features()).isEqualTo(Map.of("_title", "Star Wars (1977)"));
        Visit visit = world.visit(17);
        assertThat((List<?>) visit.context().get("taste")).hasSize(10);
        assertThat(visit.context()).containsKeys("generosity", "age", "gender", "_user");
        assertThat(world.rewardRange().min()).isEqualTo(1);
        assertThat(world.rewardRange().max()).isEqualTo(5);
        assertThat(world.users()).isEqualTo(943);
    }

    @Test
    void linearPolicyLosesWhatTheBentPartIsWorthAndAnOracleDoesNot() throws IOException {
        WorldValues bent = WorldValues.of(real(OPTIONS), 0, 6000);
        // Clipping to [1, 5] takes a little of the 0.35 that were asked for.
        assertThat(bent.nonlinearShare()).isBetween(0.335, 0.355);
        assertThat(bent.uniform()).isLessThan(bent.fixed());
        assertThat(bent.fixed()).isLessThan(bent.linear());
        assertThat(bent.best() - bent.linear()).isGreaterThan(0.1);
        WorldValues straight = WorldValues.of(real(new MovieLensWorld.Options(10, 20, 0, 0.4, 1)), 0, 6000);
        assertThat(straight.nonlinearShare()).isLessThan(0.01);
        assertThat(straight.best() - straight.linear()).isBetween(0.0, 0.01);
    }

    @Test
    void sameSeedSameWorldWhateverTheOrder() throws IOException {
        MovieLensWorld one = real(OPTIONS);
        MovieLensWorld other = MovieLensWorld.of(MovieLens.read(Data.folder("movielens-100k")), OPTIONS);
        Visit late = one.visit(500);
        Visit early = one.visit(3);
        assertThat(other.visit(3).context()).isEqualTo(early.context());
        assertThat(other.visit(500).context()).isEqualTo(late.context());
        assertThat(other.visit(500).expectedRewards()).containsExactly(late.expectedRewards());
        assertThat(other.reward(other.visit(500), 4)).isEqualTo(one.reward(late, 4));
        assertThat(real(OPTIONS.withSeed(2)).visit(500).context()).isNotEqualTo(late.context());
    }

    @Test
    void rewardsStayInRangeAndAverageToWhatIsExpected() throws IOException {
        MovieLensWorld world = real(OPTIONS);
        double sum = 0;
        int draws = 40_000;
        for (int moment = 0; moment < draws; moment++) {
            Visit visit = world.visit(moment);
            double reward = world.reward(visit, moment % 20);
            assertThat(reward).isBetween(1.0, 5.0);
            sum += reward - visit.expected(moment % 20);
        }
        // The noise has a deviation of at most 0.4, so this mean has one of at most 0.002: five of them.
        assertThat(sum / draws).isCloseTo(0, within(0.01));
    }

    @Test
    void shiftChangesTheBestFilmOfNearlyEveryoneAndKeepsTheValues() throws IOException {
        MovieLensWorld world = real(OPTIONS);
        BanditWorld shifted = world.shifted(Shift.abrupt(1000, 5));
        int changed = 0;
        for (int moment = 1000; moment < 3000; moment++) {
            Visit before = world.visit(moment);
            Visit after = shifted.visit(moment);
            assertThat(after.context()).isEqualTo(before.context());
            assertThat(after.bestValue()).isEqualTo(before.bestValue());
            assertThat(after.uniformValue()).isCloseTo(before.uniformValue(), within(1e-9));
            changed += before.expected(after.best()) < before.bestValue() ? 1 : 0;
        }
        // All but those for whom two films are worth the full 5 points.
        assertThat(changed).isGreaterThan(1900);
        assertThat(shifted.visit(999).expectedRewards())
                .containsExactly(world.visit(999).expectedRewards());
    }

    @Test
    void absentFilesAreNamedWithThePlaceWhereTheyBelong(@TempDir Path folder) {
        assertThatThrownBy(() -> MovieLens.read(folder))
                .isInstanceOf(MissingDataException.class)
                .hasMessageContaining("u.data, u.item, u.user")
                .hasMessageContaining(folder.toString());
    }

    /** Worlds are immutable, so the tests share those that they do not have to build anew. */
    private static MovieLensWorld real(MovieLensWorld.Options options) throws IOException {
        Path folder = Data.folder("movielens-100k");
        if (!WORLDS.containsKey(options)) {
            WORLDS.put(options, MovieLensWorld.of(MovieLens.read(folder), options));
        }
        return WORLDS.get(options);
    }
}
