/** The policy {@code auto}: experts of several kinds, weighed by how well each predicted what came. */
package io.leeway.core.bandit.auto;
