package io.leeway.simulator.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.report.Report;
import io.leeway.report.Table;
import io.leeway.simulator.traffic.BanditPhase;
import io.leeway.simulator.traffic.DecisionAccount;
import io.leeway.simulator.traffic.PredictionAccount;
import io.leeway.simulator.world.DriftWorld;
import io.leeway.simulator.world.WorldValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ViewTest {

    @Test
    void banditReportShowsPhasesVersionsDriftAndTheLinesToCompareWith() throws IOException {
        List<DecisionAccount> accounts = Samples.loop();
        Report report = bandit(accounts);
        Path page = Path.of("target", "sample-bandit.html");
        report.write(page);
        String html = Files.readString(page);
        assertThat(html)
                .contains("<title>The loop closes</title>", "cold start", "tastes moved", ">v1<", ">v2<", ">drift<");
        assertThat(html).contains(">best policy</span>", ">uniform policy</span>", "Regret for each decision");
        assertThat(html).doesNotContain("http://", "https://", "NaN", "Infinity", "<script");
    }

    @Test
    void phaseTableHoldsTheFiguresOfItsPhases() {
        List<DecisionAccount> accounts = Samples.loop();
        List<BanditPhase> phases = phases(accounts);
        List<Map<String, Object>> json = BanditView.phases(phases).toJson();
        assertThat(json).hasSize(5);
        assertThat(json.get(2)).containsEntry("phase", "tastes moved").containsEntry("modelVersions", "v1");
        assertThat((double) json.get(1).get("regret")).isCloseTo(phases.get(1).regret(), within(0.0));
        assertThat(phases.get(1).regret()).isLessThan(phases.get(0).regret() / 2);
        assertThat(phases.get(2).regret()).isGreaterThan(2 * phases.get(1).regret());
    }

    @Test
    void rewardCurveRunsOverTheWholeTrafficWithoutGaps() {
        String svg = section(Report.of("x")
                .plot(BanditView.reward(Samples.loop(), List.of()))
                .toHtml());
        Matcher curve = Pattern.compile("<path class=\"curve\" stroke=\"var\\(--c0\\)\" d=\"(M[^\"]*)\"")
                .matcher(svg);
        assertThat(curve.find()).isTrue();
        assertThat(curve.group(1).chars().filter(c -> c == 'M').count()).isEqualTo(1);
        assertThat(curve.group(1).chars().filter(c -> c == 'L').count()).isGreaterThan(100);
    }

    @Test
    void regressionReportShowsTheReferencesOnTheSameRides() throws IOException {
        List<PredictionAccount> accounts = Samples.rides();
        List<RegressionView.Reference> references = List.of(
                new RegressionView.Reference("mean", "mean", moment -> 30),
                new RegressionView.Reference(
                        "linear",
                        "linear baseline",
                        moment -> accounts.get((int) moment).truth() + 7.5));
        Table table = RegressionView.phases(
                List.of(
                        new RegressionView.PhaseAccounts("February", accounts.subList(0, 3000)),
                        new RegressionView.PhaseAccounts("March", accounts.subList(3000, 6000))),
                references);
        Report report = Report.of("Taxi rides")
                .verdict(true, "the loop closed")
                .summary("Durations of rides, predicted through REST.")
                .table(table)
                .plot(RegressionView.rmse(accounts, 250, "minutes", references, List.of(new Mark("alarm", 2900))))
                .plot(RegressionView.latency(accounts, List.of()));
        report.write(Path.of("target", "sample-regression.html"));
        assertThat(table.toJson().get(0)).containsEntry("linearRmse", 7.5);
        assertThat((double) table.toJson().get(1).get("rmse")).isBetween(5.4, 6.0);
        assertThat(report.toHtml()).contains("linear baseline", "alarm", "February");
    }

    private static Report bandit(List<DecisionAccount> accounts) {
        List<Mark> marks =
                List.of(new Mark("drift", Samples.SHIFT), new Mark("alarm", 5600), new Mark("gradual drift", 9000));
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("from the change to the alarm", "4.1 s");
        facts.put("from the alarm to the new version serving", "6.3 s");
        facts.put("decisions lost or failed", "0");
        facts.put("memory of prediction-service", "212 MB");
        return Report.of("The loop closes")
                .verdict(true, "the loop closed by itself")
                .summary(
                        "12,000 decisions over REST: regret fell from 0.36 to 0.05, rose when tastes moved, and fell again.")
                .table(BanditView.phases(phases(accounts)))
                .plot(BanditView.reward(accounts, marks))
                .plot(BanditView.regret(accounts, marks))
                .table(BanditView.values(WorldValues.of(new DriftWorld(2), 0, 3000)))
                .plot(BanditView.latency(accounts, marks))
                .facts("facts", "Timings and memory", facts)
                .text(
                        "How to read this",
                        "Reward is what users gave; <expected> is what the chosen actions were truly worth.")
                .footer("2026-01-01, Leeway 0.1.0");
    }

    private static List<BanditPhase> phases(List<DecisionAccount> accounts) {
        Map<String, List<DecisionAccount>> byPhase = accounts.stream()
                .collect(Collectors.groupingBy(DecisionAccount::phase, LinkedHashMap::new, Collectors.toList()));
        return byPhase.entrySet().stream()
                .map(entry -> BanditPhase.of(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static String section(String html) {
        return html.substring(html.indexOf("<figure>"), html.indexOf("</figure>"));
    }
}
