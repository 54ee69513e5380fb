/** Simulated worlds: who asks, what can be chosen, and what each choice would really be worth. */
package io.leeway.simulator.world;
