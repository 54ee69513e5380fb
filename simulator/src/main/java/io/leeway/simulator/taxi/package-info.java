/** Taxi rides as a stream of regression examples, and the baselines that they are compared with. */
package io.leeway.simulator.taxi;
