/**
 * What crosses a boundary between Leeway's parts: the events on Kafka, the bodies of REST calls, the names of topics and headers.
 *
 * <p>Records validate themselves when they are made, so a value that exists is a valid one; a missing optional value gets its
 * default there and nowhere else. Fields that this version does not know are kept in {@code other} and written back.
 */
package io.leeway.contracts;
