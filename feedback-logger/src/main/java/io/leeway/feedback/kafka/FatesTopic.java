package io.leeway.feedback.kafka;

import io.leeway.contracts.Topics;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * The join's own topic of {@code io.leeway.feedback.Fate}s: written and read by this service alone, like its changelogs, and kept
 * as long as the feedback is, because the database's counts are rebuilt from it.
 */
@Singleton
class FatesTopic {
    static final String NAME = "leeway-feedback-logger-fates";

    /** Makes the topic, unless it is there, with as many partitions and replicas as the feedback topic has. */
    void create(Admin admin) throws ExecutionException, InterruptedException {
        if (admin.listTopics().names().get().contains(NAME)) {
            return;
        }
        var feedback = admin.describeTopics(List.of(Topics.FEEDBACK))
                .allTopicNames()
                .get()
                .get(Topics.FEEDBACK);
        short replicas = (short) feedback.partitions().get(0).replicas().size();
        NewTopic topic = new NewTopic(NAME, feedback.partitions().size(), replicas)
                .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, retentionOfFeedback(admin)));
        try {
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private static String retentionOfFeedback(Admin admin) throws ExecutionException, InterruptedException {
        ConfigResource feedback = new ConfigResource(ConfigResource.Type.TOPIC, Topics.FEEDBACK);
        return admin.describeConfigs(List.of(feedback))
                .all()
                .get()
                .get(feedback)
                .get(TopicConfig.RETENTION_MS_CONFIG)
                .value();
    }
}
