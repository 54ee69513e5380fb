/** The Open Inference Protocol, version 2, for regression loops: what KServe's and Triton's clients speak. */
package io.leeway.prediction.http.inference;
