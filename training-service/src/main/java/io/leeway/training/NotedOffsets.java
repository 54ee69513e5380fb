package io.leeway.training;

/** Offsets of the feedback topic that the registry has noted: up to where rollouts have counted, and where loops made anew begin. */
public interface NotedOffsets {
    /**
     * Says which topic is there now; what was noted of another one is forgotten.
     *
     * @return true if something has been forgotten, which happens once
     */
    boolean areOf(String topic);
}
