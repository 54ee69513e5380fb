/** Counts what the gates do with simulated candidates whose worth is known. */
package io.leeway.core.promotion.study;
