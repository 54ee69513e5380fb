/**
 * {@code leeway demo}: whole closed loops on real or simulated traffic.
 *
 * <p>A {@code Scenario} drives one loop through its phases and keeps what happened; the result, its checks, tables and report
 * are made from that record alone.
 */
package io.leeway.cli.demo;
