package io.leeway.training.learning;

import io.leeway.core.json.Json;
import io.leeway.core.json.JsonException;
import io.leeway.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the trainer says of a candidate beside the artifact.
 *
 * @param holdoutFrom number of the first row of the data set that was not trained on
 * @param figures by name: rmse, mae, bias on the holdout rows, the mean's rmse, seconds by phase, examples per second
 * @param lossCurve mean squared errors by epoch
 * @param probes what the trainer's own forward pass answers for some rows
 */
public record TrainingReport(
        int holdoutFrom, Map<String, Object> figures, List<Fit.EpochLoss> lossCurve, List<Probe> probes) {
    /**
     * The trainer's own scores for one row of the data set.
     *
     * @param row number in the holdout's file from 0 on
     * @param scores by head, by eligible action in the joint layout, or the one prediction
     */
    public record Probe(int row, List<Double> scores) {
        public Probe {
            scores = List.copyOf(scores);
        }
    }

    public TrainingReport {
        figures = Map.copyOf(figures);
        lossCurve = List.copyOf(lossCurve);
        probes = List.copyOf(probes);
    }

    public void write(Path to) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("holdoutFrom", holdoutFrom);
        json.put("figures", figures);
        json.put("lossCurve", lossCurve.stream().map(TrainingReport::toJson).toList());
        json.put(
                "probes",
                probes.stream()
                        .map(probe -> Map.of("row", probe.row(), "scores", probe.scores()))
                        .toList());
        try {
            Files.write(to, Json.writeBytes(json));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write report " + to, e);
        }
    }

    public static TrainingReport read(Path from) {
        try {
            JsonObject json = JsonObject.of(Json.read(Files.readAllBytes(from)));
            List<Probe> probes = new ArrayList<>();
            for (JsonObject probe : json.objects("probes")) {
                List<Double> scores = new ArrayList<>();
                for (double score : probe.numbers("scores")) {
                    scores.add(score);
                }
                probes.add(new Probe(Math.toIntExact(probe.integer("row")), scores));
            }
            return new TrainingReport(
                    Math.toIntExact(json.integer("holdoutFrom")),
                    json.map("figures", JsonObject::value),
                    json.objects("lossCurve").stream()
                            .map(TrainingReport::epoch)
                            .toList(),
                    probes);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read report " + from, e);
        } catch (JsonException e) {
            throw new IllegalArgumentException("must be a training report: " + from + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, Object> toJson(Fit.EpochLoss loss) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("epoch", loss.epoch());
        json.put("train", Double.isFinite(loss.train()) ? loss.train() : null);
        json.put("validation", Double.isFinite(loss.validation()) ? loss.validation() : null);
        return json;
    }

    private static Fit.EpochLoss epoch(JsonObject json) {
        return new Fit.EpochLoss(
                Math.toIntExact(json.integer("epoch")),
                json.number("train", Double.NaN),
                json.number("validation", Double.NaN));
    }
}
