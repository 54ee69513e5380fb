package io.leeway.training;

import io.leeway.core.model.Artifact;
import io.leeway.training.learning.TrainingReport;
import java.nio.file.Path;

/**
 * What the Trainer came to.
 *
 * @param data the data set's file
 */
record Candidate(Artifact artifact, TrainingReport report, Path data) {}
