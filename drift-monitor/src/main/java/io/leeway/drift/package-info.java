/** Watches loops: quality and rewards by a sequential detector, inputs by two-sample tests; asks for retraining. */
package io.leeway.drift;
