package io.leeway.cli.demo;

/**
 * Something that must hold for the loop to have closed.
 *
 * @param what in words
 * @param detail the figures that it rests on
 */
record Check(String what, boolean held, String detail) {}
