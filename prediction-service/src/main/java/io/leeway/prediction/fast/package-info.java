/**
 * The fast way to a decision: plain requests are read straight from their bytes into feature columns, and what is logged is put together
 * from the bytes that came in. Whatever is not plain goes the general way, which this package is held equal to.
 */
package io.leeway.prediction.fast;
