/**
 * The program behind {@code ./leeway}: one package per command or family of commands, {@code client} for the calls they make.
 */
package io.leeway.cli;
