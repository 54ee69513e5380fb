package io.leeway.training.kafka;

import io.leeway.contracts.rest.Republication;
import io.leeway.training.Republish;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Looks once at start whether the topics lack loops or models of the registry, as soon as broker and database are there. */
@ApplicationScoped
public class RepublishAtStart {
    private static final Logger LOG = Logger.getLogger(RepublishAtStart.class);

    private final Republish republish;
    private Thread thread;

    RepublishAtStart(Republish republish) {
        this.republish = republish;
    }

    void start(@Observes StartupEvent event) {
        thread =
                new Thread(() -> Retrying.untilDone("comparing the topics with the registry", this::look), "republish");
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((ended, e) -> LOG.debugf(e, "ended while the service stopped"));
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        thread.interrupt();
        thread.join(TimeUnit.SECONDS.toMillis(5));
    }

    private void look() {
        Republication done = republish.run(false);
        if (!done.loops().isEmpty() || !done.models().isEmpty()) {
            LOG.infof("the topics lacked loops %s and models %s, published again", done.loops(), done.models());
        }
    }
}
