package io.leeway.core.testing;

import java.util.Random;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Gives tests a {@link Random} with a new seed each run, or the one of {@link Seed}, or of {@code -Dleeway.seed}; a failure prints
 * the command that repeats it.
 */
public final class SeededRandom implements ParameterResolver, TestExecutionExceptionHandler {
    public static final String PROPERTY = "leeway.seed";

    private static final Namespace NAMESPACE = Namespace.create(SeededRandom.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Random.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return new Random(seed(context));
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        Long seed = context.getStore(NAMESPACE).get("seed", Long.class);
        if (seed != null) {
            System.err.println(reproduce(context, seed));
        }
        throw failure;
    }

    /** The command that repeats a test with its seed. */
    static String reproduce(ExtensionContext context, long seed) {
        return "reproduce: mvn -f core/pom.xml test -Dtest='"
                + context.getRequiredTestClass().getSimpleName() + "#"
                + context.getRequiredTestMethod().getName() + "' -D" + PROPERTY + "=" + seed;
    }

    private static long seed(ExtensionContext context) {
        Seed fixed = context.getRequiredTestMethod().getAnnotation(Seed.class);
        String given = System.getProperty(PROPERTY);
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        "seed",
                        key -> {
                            if (fixed != null) {
                                return fixed.value();
                            }
                            return given != null ? Long.parseLong(given) : System.nanoTime();
                        },
                        Long.class);
    }
}
