/** Data sets, learners and reports of training; runs in the child process and offline, without Quarkus. */
package io.leeway.training.learning;
