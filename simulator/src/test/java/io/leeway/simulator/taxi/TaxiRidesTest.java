package io.leeway.simulator.taxi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.simulator.Data;
import io.leeway.simulator.world.MissingDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaxiRidesTest {

    /** Counts and the mean's errors as scikit-learn found them; the linear ones from src/test/scripts/taxi_linear_baseline.py. */
    @Test
    void realMonthsGiveTheCountsAndErrorsThatOthersFound() throws IOException {
        Path folder = Data.folder("nyc-green-taxi-2021");
        List<List<Ride>> months = new ArrayList<>();
        for (int month = 1; month <= 3; month++) {
            months.add(TaxiRides.read(folder, YearMonth.of(2021, month)));
        }
        assertThat(months).extracting(List::size).containsExactly(73_908, 61_921, 80_372);
        assertThat(months.get(1)).isSortedAccordingTo(Comparator.comparing(Ride::pickup));
        assertThat(Baseline.mean(months.get(0)).rmse(months.get(1))).isCloseTo(12.213, within(0.001));
        assertThat(Baseline.mean(months.get(1)).rmse(months.get(2))).isCloseTo(12.215, within(0.001));
        assertThat(Baseline.linear(months.get(0)).rmse(months.get(1))).isCloseTo(7.4808, within(0.001));
        assertThat(Baseline.linear(months.get(1)).rmse(months.get(2))).isCloseTo(7.4684, within(0.001));
    }

    @Test
    void contextHoldsWhatIsKnownBeforeTheRideAndNothingOfItsEnd() {
        Ride ride = ride(74, 75, 2.5, 11);
        assertThat(ride.context())
                .containsEntry("pickupZone", "74")
                .containsEntry("dropoffZone", "75")
                .containsEntry("distance", 2.5)
                .containsEntry("hour", 17.5)
                .containsEntry("hourOfDay", "17")
                .containsEntry("weekday", "MONDAY")
                .containsEntry("passengers", 2);
        assertThat(ride.context()).doesNotContainValue(11.0);
    }

    @Test
    void distancesThatNoRideHasAreSentAsMissing() {
        assertThat(ride(1, 2, 90_000, 10).context())
                .containsEntry("distance", null)
                .containsEntry("logDistance", null);
        assertThat(ride(1, 2, 0, 10).context()).containsEntry("distance", null);
    }

    @Test
    void linearBaselineIsExactOnALinearWorldAndGivesUnseenPairsTheMeanLevel() {
        List<Ride> training = new ArrayList<>();
        for (int i = 1; i <= 9; i++) {
            training.add(ride(1, 1, i, 3 * i + 5));
            training.add(ride(1, 2, 2 * i, 3 * 2 * i + 9));
        }
        Baseline linear = Baseline.linear(training);
        assertThat(linear.rmse(training)).isCloseTo(0, within(1e-9));
        assertThat(linear.predict(ride(7, 7, 4, 1))).isCloseTo(3 * 4 + 7, within(1e-9));
    }

    @Test
    void absentMonthIsNamedWithThePlaceWhereItBelongs(@TempDir Path folder) {
        assertThatThrownBy(() -> TaxiRides.read(folder, YearMonth.of(2021, 2)))
                .isInstanceOf(MissingDataException.class)
                .hasMessageContaining("green_tripdata_2021-02.parquet")
                .hasMessageContaining(folder.toString());
    }

    @Test
    void brokenFileIsRefusedByName(@TempDir Path folder) throws IOException {
        Files.writeString(TaxiRides.file(folder, YearMonth.of(2021, 1)), "PAR1 and then nonsense, more nonsense PAR1");
        assertThatThrownBy(() -> TaxiRides.read(folder, YearMonth.of(2021, 1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("green_tripdata_2021-01.parquet");
    }

    private static Ride ride(int pickupZone, int dropoffZone, double distance, double minutes) {
        return new Ride(
                LocalDateTime.of(2021, 1, 4, 17, 30),
                pickupZone,
                dropoffZone,
                distance,
                OptionalInt.of(2),
                2,
                false,
                minutes);
    }
}
