/** The REST edge. */
package io.leeway.training.http;
