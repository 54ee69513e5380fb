/** Data sets in files, CSV or ARFF, plain or gzip, read into columns and turned into streams of situations with rewards. */
package io.leeway.simulator.dataset;
