package dev.sweepback.plan;

/** A guardrail that refuses the whole plan. */
public record Refusal(String guard, String what, String remedy) {}
