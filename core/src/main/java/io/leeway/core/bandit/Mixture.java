package io.leeway.core.bandit;

import io.leeway.core.features.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A mixture of policies, such as a canary's (1 - c) champion + c challenger: a component is drawn by weight, the action from
 * that component's distribution, and the probability that is logged is the mixture's. Immutable and thread-safe.
 *
 * @param components at least one; weights sum to 1 within 1e-9
 */
public record Mixture(List<Component> components) {
    /**
     * A policy and how often it is drawn.
     *
     * @param name what is logged for it, such as a model version
     * @param weight in [0, 1]
     */
    public record Component(String name, double weight, Policy policy) {
        public Component {
            if (!(weight >= 0 && weight <= 1)) {
                throw new IllegalArgumentException("must be in [0, 1]: weight=" + weight);
            }
        }
    }

    public Mixture {
        components = List.copyOf(components);
        weights(components);
    }

    /** A single policy as a mixture. */
    public static Mixture of(String name, Policy policy) {
        return new Mixture(List.of(new Component(name, 1, policy)));
    }

    /** Lets every component score the request, and mixes their distributions. */
    public Mixed decide(Map<String, ?> context, List<Action> eligible) {
        List<Scored> scored = new ArrayList<>(components.size());
        double[] probabilities = new double[eligible.size()];
        for (Component component : components) {
            Scored one = component.policy().decide(context, eligible);
            scored.add(one);
            for (int i = 0; i < probabilities.length; i++) {
                probabilities[i] += component.weight() * one.distribution().probability(i);
            }
        }
        return new Mixed(weights(components), scored, Distribution.of(probabilities));
    }

    private static Distribution weights(List<Component> components) {
        return Distribution.of(
                components.stream().mapToDouble(Component::weight).toArray());
    }

    /** What the mixture made of one request. Immutable. */
    public record Mixed(Distribution weights, List<Scored> components, Distribution distribution) {
        public Mixed {
            components = List.copyOf(components);
        }

        /** Draws the component; {@code uniform} in [0, 1). */
        public int drawComponent(double uniform) {
            return weights.sample(uniform);
        }

        /** Draws an action from a component; its probability is the mixture's. {@code uniform} in [0, 1), drawn anew. */
        public Choice choose(int component, double uniform) {
            int action = components.get(component).distribution().sample(uniform);
            return new Choice(action, Math.min(1, distribution.probability(action)));
        }
    }
}
