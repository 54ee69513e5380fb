package io.leeway.feedback;

/** Where a record stood on its topic: what tells two records apart that say the same. */
public record Position(String topic, int partition, long offset) implements Comparable<Position> {
    @Override
    public int compareTo(Position other) {
        int byTopic = topic.compareTo(other.topic);
        if (byTopic != 0) {
            return byTopic;
        }
        int byPartition = Integer.compare(partition, other.partition);
        return byPartition != 0 ? byPartition : Long.compare(offset, other.offset);
    }

    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
