package io.leeway.training.learning;

import io.leeway.core.model.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How one layer of a network does after an epoch, for whoever wants to know why a training goes wrong.
 *
 * @param layer from 0 on
 * @param weightMean of the weights, biases left out
 * @param weightDeviation of the weights
 * @param change size of the epoch's change of the weights, as share of the size of the weights; a healthy epoch has some thousandths to
 *     some hundredths
 * @param dead share of the units that are 0 for every one of some rows; 0 for the last layer
 */
public record LayerStatistics(
        int epoch, int layer, double weightMean, double weightDeviation, double change, double dead) {
    /** Is told after every epoch. */
    @FunctionalInterface
    public interface Watch {
        void epoch(List<LayerStatistics> layers);
    }

    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("epoch", epoch);
        json.put("layer", layer);
        json.put("weightMean", weightMean);
        json.put("weightDeviation", weightDeviation);
        json.put("change", change);
        json.put("dead", dead);
        return json;
    }

    /**
     * @param before tensors before the epoch, now after it
     * @param features of some rows
     */
    static List<LayerStatistics> of(
            int epoch, NetworkEngine.Shape shape, List<Tensor> before, List<Tensor> now, float[] features, int rows) {
        float[][] values = new PlainEngine(shape, now).layers(features, rows);
        List<LayerStatistics> all = new ArrayList<>();
        for (int layer = 0; layer < shape.layers(); layer++) {
            float[] was = before.get(2 * layer).data().toArray();
            float[] is = now.get(2 * layer).data().toArray();
            double sum = 0;
            double squares = 0;
            double moved = 0;
            for (int i = 0; i < is.length; i++) {
                sum += is[i];
                squares += (double) is[i] * is[i];
                moved += ((double) is[i] - was[i]) * (is[i] - was[i]);
            }
            double mean = sum / is.length;
            double deviation = Math.sqrt(Math.max(0, squares / is.length - mean * mean));
            double dead = layer == shape.layers() - 1 ? 0 : dead(values[layer + 1], shape.out(layer), rows);
            all.add(new LayerStatistics(
                    epoch, layer, mean, deviation, Math.sqrt(moved / Math.max(squares, 1e-30)), dead));
        }
        return all;
    }

    private static double dead(float[] values, int units, int rows) {
        int dead = 0;
        for (int unit = 0; unit < units; unit++) {
            boolean alive = false;
            for (int row = 0; row < rows && !alive; row++) {
                alive = values[row * units + unit] != 0;
            }
            dead += alive ? 0 : 1;
        }
        return (double) dead / units;
    }
}
