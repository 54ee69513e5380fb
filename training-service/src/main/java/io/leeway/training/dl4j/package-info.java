/** The only package that sees DL4J; runs in a child process. */
package io.leeway.training.dl4j;
