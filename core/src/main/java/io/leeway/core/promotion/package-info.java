/** What decides whether a candidate may become champion: gates on logged rows, and the judge of a canary on live rewards. */
package io.leeway.core.promotion;
