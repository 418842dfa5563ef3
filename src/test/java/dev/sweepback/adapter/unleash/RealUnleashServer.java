package dev.sweepback.adapter.unleash;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands out one {@link RealUnleash} to all test classes of a run, started for the first and closed after the last. */
public final class RealUnleashServer implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType().equals(RealUnleash.class);
    }

    @Override
    public RealUnleash resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(RealUnleashServer.class))
                .computeIfAbsent(RealUnleash.class, key -> RealUnleash.start(), RealUnleash.class);
    }
}
