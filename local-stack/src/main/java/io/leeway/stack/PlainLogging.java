package io.leeway.stack;

import java.io.PrintStream;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Logging of the programs that are no Quarkus services, the broker above all: one line per event on standard error.
 *
 * <p>Chosen by {@code -Dslf4j.provider} and registered nowhere else, so that it never competes with the logging of a
 * process that has this module on its class path.
 */
public final class PlainLogging implements SLF4JServiceProvider {
    static final String LEVEL_PROPERTY = "leeway.logLevel";

    private final Map<String, Logger> loggers = new ConcurrentHashMap<>();
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter context = new NOPMDCAdapter();

    @Override
    public ILoggerFactory getLoggerFactory() {
        Level lowest = Level.valueOf(System.getProperty(LEVEL_PROPERTY, "WARN"));
        return name -> loggers.computeIfAbsent(name, key -> new LineLogger(key, lowest, System.err));
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return context;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }

    @Override
    public void initialize() {}

    private static final class LineLogger extends LegacyAbstractLogger {
        private static final long serialVersionUID = 1L;

        private final Level lowest;
        private final transient PrintStream out;

        LineLogger(String name, Level lowest, PrintStream out) {
            this.name = name;
            this.lowest = lowest;
            this.out = out;
        }

        @Override
        public boolean isTraceEnabled() {
            return isEnabled(Level.TRACE);
        }

        @Override
        public boolean isDebugEnabled() {
            return isEnabled(Level.DEBUG);
        }

        @Override
        public boolean isInfoEnabled() {
            return isEnabled(Level.INFO);
        }

        @Override
        public boolean isWarnEnabled() {
            return isEnabled(Level.WARN);
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }

        @Override
        protected String getFullyQualifiedCallerName() {
            return null;
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level, Marker marker, String message, Object[] arguments, Throwable thrown) {
            String text = MessageFormatter.basicArrayFormat(message, arguments);
            synchronized (out) {
                out.println(Instant.now() + " " + level + " [" + name + "] " + text);
                if (thrown != null) {
                    thrown.printStackTrace(out);
                }
            }
        }

        private boolean isEnabled(Level level) {
            return level.toInt() >= lowest.toInt();
        }
    }
}
