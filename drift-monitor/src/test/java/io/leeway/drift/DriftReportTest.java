package io.leeway.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.contracts.Drift;
import io.leeway.contracts.DriftSettings;
import io.leeway.contracts.Loop;
import io.leeway.core.drift.ProfileLearner;
import io.leeway.drift.WatchEvent.Chosen;
import io.leeway.drift.WatchEvent.Decided;
import io.leeway.drift.WatchEvent.Rewarded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The page of a loop; with -Dleeway.page=FILE it is left there for a look. */
class DriftReportTest {
    private final Random random = new Random(1000);

    private Map<String, Object> row(double shift) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("trip_distance", Math.exp(0.6 + 0.7 * random.nextGaussian() + 0.5 * shift));
        row.put("passengers", 1 + random.nextInt(4));
        row.put("payment", random.nextDouble() < 0.6 - 0.3 * shift ? "card" : "cash");
        row.put("<b>zone</b>", "Zone " + random.nextInt(6));
        return row;
    }

    private Feed feed() {
        ProfileLearner learner = new ProfileLearner();
        for (int i = 0; i < 3000; i++) {
            learner.observe("t" + i, row(0));
        }
        DriftSettings settings = DriftSettings.builder()
                .windowRows(500)
                .coolDown(Duration.ZERO)
                .retrainsPerDay(24)
                .segment("payment")
                .build();
        Loop loop = Loops.bandit("fares", settings);
        Feed feed = new Feed(loop, learner.profile()).serve(3);
        for (int i = 0; i < 5000; i++) {
            boolean moved = i >= 3500;
            Map<String, Object> row = row(moved ? 1 : 0);
            boolean first = random.nextDouble() < 0.8;
            Chosen chosen = new Chosen(
                    first ? "low" : "high", List.of("low", "high"), 2, first ? 0.8 : 0.2, 0.2, 0.72, first ? 1.0 : 0.0);
            double predicted = 0.3 + 0.5 * random.nextDouble();
            feed.take(new Decided(feed.now(), 3, row, chosen, predicted));
            double reward = random.nextDouble() < (moved ? predicted - 0.25 : predicted) ? 1 : 0;
            boolean matched = random.nextDouble() < 0.8;
            feed.take(new Rewarded(
                    feed.now(),
                    3,
                    reward,
                    predicted,
                    matched,
                    matched ? -5 * Math.log(random.nextDouble()) : null,
                    String.valueOf(row.get("payment")),
                    first ? 1.25 : 0,
                    predicted,
                    0));
        }
        return feed;
    }

    @Test
    void aPageStandsAloneAndShowsWhatMoved() throws IOException {
        Feed feed = feed();
        List<Drift> newestFirst = new ArrayList<>(feed.drifts);
        Collections.reverse(newestFirst);
        Page page = Page.of(feed.watch(), feed, feed.now(), newestFirst);
        String html = DriftReport.report(page, feed.watch().loop().settings()).toHtml();
        if (System.getProperty("leeway.page") != null) {
            Files.writeString(Path.of(System.getProperty("leeway.page")), html);
        }
        assertThat(html)
                .contains("Drift of fares", "trip_distance", "Evidence for a change", "usual, at most", "alarm")
                .contains(
                        "value of the greedy policy (off-policy, doubly robust)", "effective sample size (even policy)")
                .contains("At most one false alarm in 1,000,000 feedbacks")
                .contains("Do predictions hold?", "Checks of inputs", "payment=card")
                .doesNotContain("<script", "src=", "http://", "https://", "<b>zone</b>")
                .contains("&lt;b&gt;zone&lt;/b&gt;");
        assertThat(page.shown().keySet()).first().isIn("trip_distance", "payment");
        assertThat(page.courses()).allSatisfy(course -> assertThat(course.chunks())
                .hasSizeLessThanOrEqualTo(Chunks.MOST)
                .allSatisfy(chunk -> assertThat(chunk.count()).isPositive()));
    }
}
