package io.leeway.simulator.dataset;

import io.leeway.core.features.Action;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads actions' features: a column {@code id}, or else the first one, names the action; the others are its features. */
public final class ActionsFile {
    private static final String ID = "id";

    private ActionsFile() {}

    /** The actions of these ids, in their order; what the file says of others is left out. */
    public static List<Action> read(Path file, List<String> ids) {
        Dataset peeked = DatasetFile.read(file);
        String idColumn = peeked.has(ID) ? ID : peeked.columns().get(0).name();
        Dataset dataset = DatasetFile.read(file, idColumn::equals);
        Map<String, Action> actions = new LinkedHashMap<>();
        for (int row = 0; row < dataset.rows(); row++) {
            String id = (String) dataset.column(idColumn).value(row);
            String where = ": file=" + file + ", column=" + idColumn + ", row=" + (row + 1);
            if (id == null) {
                throw new DatasetException("must not be missing" + where);
            }
            if (actions.put(id, new Action(id, features(dataset, idColumn, row))) != null) {
                throw new DatasetException("must be there once" + where + ", value=" + id);
            }
        }
        List<Action> wanted = new ArrayList<>();
        for (String id : ids) {
            if (!actions.containsKey(id)) {
                throw new DatasetException(
                        "must have every action: file=" + file + ", column=" + idColumn + ", missing=" + id);
            }
            wanted.add(actions.get(id));
        }
        return wanted;
    }

    private static Map<String, Object> features(Dataset dataset, String idColumn, int row) {
        Map<String, Object> features = new LinkedHashMap<>();
        for (Column column : dataset.columns()) {
            if (!column.name().equals(idColumn) && column.present(row)) {
                features.put(DatasetStream.feature(column.name()), column.value(row));
            }
        }
        return features;
    }
}
