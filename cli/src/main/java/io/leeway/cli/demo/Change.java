package io.leeway.cli.demo;

/**
 * A change of the world.
 *
 * @param name in words: abrupt, gradual
 * @param window decisions over which it takes hold; 0 for at once
 */
record Change(String name, long window, long seed) {}
