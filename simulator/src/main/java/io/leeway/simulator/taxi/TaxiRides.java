package io.leeway.simulator.taxi;

import io.leeway.simulator.world.MissingDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/**
 * The rides of 1 to 60 minutes in a month's Parquet file of New York's green taxis, in the order of their pick-up.
 *
 * @see "NYC Taxi and Limousine Commission, TLC Trip Record Data"
 */
public final class TaxiRides {

    public static final String ADDRESS = "https://www.nyc.gov/site/tlc/about/tlc-trip-record-data.page";

    private static final List<String> COLUMNS = List.of(
            "lpep_pickup_datetime",
            "lpep_dropoff_datetime",
            "PULocationID",
            "DOLocationID",
            "trip_distance",
            "passenger_count",
            "VendorID",
            "trip_type");
    private static final double SHORTEST_MINUTES = 1;
    private static final double LONGEST_MINUTES = 60;

    private TaxiRides() {}

    /** The file of this month, as the publisher names it. */
    public static Path file(Path folder, YearMonth month) {
        return folder.resolve("green_tripdata_" + month + ".parquet");
    }

    /**
     * Reads a month.
     *
     * @throws MissingDataException when its file is not there, saying where it comes from
     */
    public static List<Ride> read(Path folder, YearMonth month) throws IOException {
        Path file = file(folder, month);
        if (!Files.isRegularFile(file)) {
            throw new MissingDataException(
                    folder,
                    "The taxi rides of " + month + " are not there. Get " + file.getFileName()
                            + " (green taxis) from\n  "
                            + ADDRESS + "\nand put it into the folder\n  "
                            + folder.toAbsolutePath().normalize());
        }
        List<Ride> rides = new ArrayList<>();
        ParquetRows.read(file, COLUMNS, row -> {
            Ride ride = ride(row);
            if (ride.minutes() >= SHORTEST_MINUTES && ride.minutes() <= LONGEST_MINUTES) {
                rides.add(ride);
            }
        });
        rides.sort(Comparator.comparing(Ride::pickup));
        return rides;
    }

    private static Ride ride(Object[] row) {
        long pickupMicros = (Long) row[0];
        long dropoffMicros = (Long) row[1];
        Double passengers = (Double) row[5];
        return new Ride(
                LocalDateTime.ofEpochSecond(
                        Math.floorDiv(pickupMicros, 1_000_000L),
                        (int) Math.floorMod(pickupMicros, 1_000_000L) * 1000,
                        ZoneOffset.UTC),
                ((Long) row[2]).intValue(),
                ((Long) row[3]).intValue(),
                (Double) row[4],
                passengers == null ? OptionalInt.empty() : OptionalInt.of(passengers.intValue()),
                ((Long) row[6]).intValue(),
                row[7] == null,
                (dropoffMicros - pickupMicros) / 60e6);
    }
}
