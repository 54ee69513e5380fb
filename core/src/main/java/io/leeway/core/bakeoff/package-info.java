/** Trials of online policies on streams of which every action's reward is known, of which the policy learns only the chosen one's. */
package io.leeway.core.bakeoff;
