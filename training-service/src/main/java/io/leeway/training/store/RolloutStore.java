package io.leeway.training.store;

import com.fasterxml.jackson.core.type.TypeReference;
import io.leeway.contracts.Json;
import io.leeway.contracts.RolloutMode;
import io.leeway.contracts.rest.GateVerdict;
import io.leeway.contracts.rest.RolloutState;
import io.leeway.core.promotion.CanaryPlan;
import io.leeway.training.Page;
import io.leeway.training.Rollouts;
import io.leeway.training.VersionRollout;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rollouts in PostgreSQL. */
@ApplicationScoped
class RolloutStore implements Rollouts {
    private static final String GOES_ON = "state in ('running', 'waiting')";

    private final Rows rows;

    RolloutStore(Rows rows) {
        this.rows = rows;
    }

    @ApplicationScoped
    static class Rows implements PanacheRepositoryBase<RolloutEntity, Long> {}

    @Override
    @Transactional
    public Optional<VersionRollout> active(String loop) {
        return rows.find("loop = ?1 and " + GOES_ON, loop).firstResultOptional().map(RolloutStore::rollout);
    }

    @Override
    @Transactional
    public List<String> loops() {
        return rows.find("state = 'running'").stream().map(row -> row.loop).toList();
    }

    @Override
    @Transactional
    public List<VersionRollout> page(String loop, Page page) {
        return Keyset.byNumber(rows, "id", page, "loop = ?1", loop).stream()
                .map(RolloutStore::rollout)
                .toList();
    }

    @Override
    @Transactional
    public Optional<VersionRollout> ofVersion(String loop, long version) {
        return rows.find("loop = ?1 and version = ?2 order by id desc", loop, version)
                .firstResultOptional()
                .map(RolloutStore::rollout);
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public void add(VersionRollout rollout) {
        RolloutEntity row = new RolloutEntity();
        fill(row, rollout);
        rows.persistAndFlush(row);
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public void save(VersionRollout rollout) {
        fill(rows.findById(rollout.id()), rollout);
        rows.flush();
    }

    private static void fill(RolloutEntity row, VersionRollout rollout) {
        row.loop = rollout.loop();
        row.version = rollout.version();
        row.champion = rollout.champion();
        row.mode = rollout.mode().word();
        row.state = JsonColumn.word(rollout.state());
        row.step = rollout.step();
        row.plan = Json.text(rollout.plan());
        row.comparison = Json.text(rollout.comparison());
        row.offsets = Json.text(rollout.offsets());
        row.verdict = Json.text(rollout.verdict());
        row.startedAt = rollout.startedAt();
        row.stepSince = rollout.stepSince();
        row.endedAt = rollout.endedAt();
    }

    private static VersionRollout rollout(RolloutEntity row) {
        return new VersionRollout(
                row.id,
                row.loop,
                row.version,
                row.champion,
                JsonColumn.constant(RolloutMode.class, row.mode),
                JsonColumn.constant(RolloutState.class, row.state),
                row.step,
                Json.read(row.plan, CanaryPlan.class),
                JsonColumn.object(row.comparison),
                JsonColumn.read(row.offsets, new TypeReference<Map<Integer, Long>>() {}),
                Json.read(row.verdict, GateVerdict.class),
                row.startedAt,
                row.stepSince,
                row.endedAt);
    }
}
