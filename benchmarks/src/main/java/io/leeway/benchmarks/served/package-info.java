/** What serving some of a learner's experts costs beside serving all of them. */
package io.leeway.benchmarks.served;
