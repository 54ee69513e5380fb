/** Off-policy estimates with intervals, paired comparison of policies, metrics of predictions. */
package io.leeway.core.evaluation;
