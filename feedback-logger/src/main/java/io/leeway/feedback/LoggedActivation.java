package io.leeway.feedback;

import io.leeway.contracts.Activation;

/** An activation as it is to be stored; its loop and time are given. */
public record LoggedActivation(Activation activation, Position position) {}
