package io.leeway.simulator.view;

import io.leeway.simulator.traffic.Account;
import io.leeway.simulator.traffic.DecisionAccount;
import io.leeway.simulator.traffic.PredictionAccount;
import io.leeway.simulator.world.BanditWorld;
import io.leeway.simulator.world.DriftWorld;
import io.leeway.simulator.world.Noise;
import io.leeway.simulator.world.Shift;
import io.leeway.simulator.world.Visit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Accounts of a closed loop as it should look, made without any service. */
final class Samples {

    static final long SHIFT = 5000;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Samples() {}

    /** Cold to 2000, served by v1, tastes moved at 5000, served by v2 from 7000 on, a gradual change at 9000, v3 at 11000. */
    static List<DecisionAccount> loop() {
        BanditWorld base = new DriftWorld(2);
        BanditWorld moved = base.shifted(Shift.abrupt(0, 3));
        List<BanditWorld> known = List.of(base, base, moved, moved.shifted(Shift.abrupt(0, 4)));
        BanditWorld world = base.shifted(Shift.abrupt(SHIFT, 3)).shifted(Shift.gradual(9000, 1000, 4));
        List<DecisionAccount> accounts = new ArrayList<>();
        for (long moment = 0; moment < 12_000; moment++) {
            int version = moment < 2000 ? 0 : moment < 7000 ? 1 : moment < 11_000 ? 2 : 3;
            SplittableRandom random = Noise.of(99, moment);
            boolean explores = version == 0 || random.nextDouble() < 0.1;
            int action = explores
                    ? random.nextInt(8)
                    : known.get(version).visit(moment).best();
            accounts.add(account(world, moment, version, action, random));
        }
        return accounts;
    }

    private static DecisionAccount account(
            BanditWorld world, long moment, int version, int action, SplittableRandom random) {
        Visit visit = world.visit(moment);
        long micros = (long) (900 * Math.exp(0.4 * Noise.gaussian(random))) + (moment % 1777 == 0 ? 30_000 : 0);
        return new DecisionAccount(
                moment,
                phase(moment),
                "sample-" + moment,
                START.plusMillis(moment * 2),
                micros,
                version,
                Account.Fate.DONE,
                "",
                visit.actions().get(action).id(),
                0.5,
                world.reward(visit, action),
                visit.expected(action),
                visit.bestValue(),
                visit.uniformValue());
    }

    private static String phase(long moment) {
        if (moment < SHIFT) {
            return moment < 2000 ? "cold start" : "served by v1";
        }
        return moment < 7000 ? "tastes moved" : moment < 9000 ? "served by v2" : "gradual";
    }

    /** Rides whose errors shrink with the second model. */
    static List<PredictionAccount> rides() {
        List<PredictionAccount> accounts = new ArrayList<>();
        for (long moment = 0; moment < 6000; moment++) {
            SplittableRandom random = Noise.of(7, moment);
            double truth = 1 + 59 * random.nextDouble();
            double error = (moment < 3000 ? 6 + moment / 1500.0 : 5.7) * Noise.gaussian(random);
            accounts.add(new PredictionAccount(
                    moment,
                    moment < 3000 ? "February" : "March",
                    "ride-" + moment,
                    START.plusMillis(moment),
                    800 + random.nextInt(500),
                    moment < 3000 ? 1 : 2,
                    Account.Fate.DONE,
                    "",
                    truth + error,
                    truth));
        }
        return accounts;
    }
}
