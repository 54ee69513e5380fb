package io.leeway.cli.demo;

import io.leeway.simulator.taxi.Baseline;
import io.leeway.simulator.taxi.Ride;
import io.leeway.simulator.taxi.TaxiRides;
import io.leeway.simulator.traffic.RegressionTraffic.Example;
import java.io.IOException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/**
 * Three months of rides: January trains, of February and March every n-th ride is live traffic.
 *
 * @param live the rides that are asked for, in the order of their pick-up
 * @param liveFebruary how many of them are February's
 */
record TaxiData(
        List<Ride> january, List<Ride> february, List<Ride> live, int liveFebruary, Baseline mean, Baseline linear) {

    static TaxiData read(Path folder, int every) throws IOException {
        List<Ride> january = TaxiRides.read(folder, YearMonth.of(2021, 1));
        List<Ride> february = TaxiRides.read(folder, YearMonth.of(2021, 2));
        List<Ride> march = TaxiRides.read(folder, YearMonth.of(2021, 3));
        List<Ride> live = new ArrayList<>(sample(february, every));
        int liveFebruary = live.size();
        live.addAll(sample(march, every));
        return new TaxiData(january, february, live, liveFebruary, Baseline.mean(january), Baseline.linear(january));
    }

    List<Example> examples() {
        return live.stream()
                .map(ride -> new Example(ride.context(), ride.minutes()))
                .toList();
    }

    private static List<Ride> sample(List<Ride> rides, int every) {
        List<Ride> sample = new ArrayList<>(rides.size() / every + 1);
        for (int i = 0; i < rides.size(); i += every) {
            sample.add(rides.get(i));
        }
        return sample;
    }
}
