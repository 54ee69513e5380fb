package io.leeway.training;

import io.leeway.contracts.Json;
import io.leeway.contracts.Loop;
import io.leeway.contracts.ModelRole;
import io.leeway.contracts.UnreadableJsonException;
import io.leeway.contracts.rest.Republication;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Tells loops and models again where the topics lack what the registry says: after Kafka's data were lost, or the registry came from a
 * backup. What the topics have already is not told again. Thread safe.
 */
@ApplicationScoped
public class Republish {
    private final PublishedTopics topics;
    private final Loops loops;
    private final TellAgain tell;
    private final Clock clock;

    Republish(PublishedTopics topics, Loops loops, TellAgain tell, Clock clock) {
        this.topics = topics;
        this.loops = loops;
        this.tell = tell;
        this.clock = clock;
    }

    /** @param remove whether loops and roles that the topics have and the registry has not are taken away, too */
    public Republication run(boolean remove) {
        PublishedTopics.Published published = topics.read();
        published.models().values().forEach(model -> tell.reserve(model.loop(), model.version()));
        List<String> toldLoops = new ArrayList<>();
        List<String> toldModels = new ArrayList<>();
        for (Loop loop : loops.all()) {
            if (!isSame(published.loops().get(loop.name()), loop) && tell.loop(loop.name())) {
                toldLoops.add(loop.name());
            }
            for (ModelRole role : ModelRole.values()) {
                if (tell.model(loop.name(), role, published.models().get(role.key(loop.name())))) {
                    toldModels.add(role.key(loop.name()));
                }
            }
        }
        List<String> removed = remove ? remove(published) : List.of();
        return new Republication(clock.instant(), toldLoops, toldModels, removed);
    }

    private List<String> remove(PublishedTopics.Published published) {
        List<String> removed = new ArrayList<>();
        for (Map.Entry<String, PublishedTopics.Model> model : published.models().entrySet()) {
            String key = model.getKey();
            ModelRole role = ModelRole.of(key.substring(key.lastIndexOf('/') + 1));
            if (tell.vacatedIfSo(model.getValue().loop(), role)) {
                removed.add(key);
            }
        }
        for (String loop : published.loops().keySet()) {
            if (tell.deletedIfSo(loop)) {
                removed.add(loop);
            }
        }
        return removed;
    }

    private static boolean isSame(byte[] published, Loop loop) {
        try {
            return published != null && Json.read(published, Loop.class).equals(loop);
        } catch (UnreadableJsonException e) {
            return false;
        }
    }
}
