package io.leeway.drift.webhook;

import io.leeway.contracts.Drift;
import io.leeway.contracts.DriftSeverity;
import io.leeway.contracts.EventType;
import io.leeway.contracts.Json;
import io.leeway.contracts.Webhook;
import io.leeway.drift.Alerts;
import io.leeway.drift.DriftHistory;
import io.leeway.drift.DriftMonitorConfig;
import io.leeway.kit.LoopDirectory;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocketFactory;
import org.jboss.logging.Logger;

/**
 * Posts drift events to the webhooks of their loops: signed, at least once, with retries that wait ever longer. At most so many
 * deliveries wait at a time as the operator says; what comes beyond is dropped. Every delivery ends in a count. Thread safe.
 */
@Singleton
class WebhookSender implements Alerts {
    private static final Logger LOG = Logger.getLogger(WebhookSender.class);
    private static final int THREADS = 2;
    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(1);

    private final DriftMonitorConfig.Webhooks config;
    private final LoopDirectory loops;
    private final MeterRegistry meters;
    private final Clock clock;
    private final Addresses.Resolver resolver;
    private final ScheduledThreadPoolExecutor workers = executor(THREADS, "webhook");
    private final ScheduledThreadPoolExecutor watchdog = executor(1, "webhook-watchdog");
    private final AtomicInteger waiting = new AtomicInteger();
    private final Post post;

    /** One event for one address, and how often it was tried. */
    private record Delivery(Drift drift, Webhook webhook, byte[] body, int tried, CompletableFuture<Void> end) {
        Delivery again() {
            return new Delivery(drift, webhook, body, tried + 1, end);
        }
    }

    @Inject
    WebhookSender(DriftMonitorConfig config, LoopDirectory loops, MeterRegistry meters, Clock clock) {
        this(config.webhooks(), loops, meters, clock, InetAddress::getAllByName, (SSLSocketFactory)
                SSLSocketFactory.getDefault());
    }

    WebhookSender(
            DriftMonitorConfig.Webhooks config,
            LoopDirectory loops,
            MeterRegistry meters,
            Clock clock,
            Addresses.Resolver resolver,
            SSLSocketFactory tls) {
        this.config = config;
        this.loops = loops;
        this.meters = meters;
        this.clock = clock;
        this.resolver = resolver;
        this.post = new Post(tls, config.timeout(), watchdog);
        meters.gauge("leeway.webhook.waiting", waiting);
    }

    private static ScheduledThreadPoolExecutor executor(int threads, String name) {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(threads, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }

    @Override
    public CompletionStage<Void> tell(Drift drift) {
        List<Webhook> webhooks = loops.find(drift.loop())
                .map(loop -> loop.settings().drift().webhooks())
                .orElse(List.of());
        byte[] body = webhooks.isEmpty() ? new byte[0] : Json.bytes(drift);
        return CompletableFuture.allOf(webhooks.stream()
                .filter(webhook -> wants(webhook, drift))
                .map(webhook -> begin(new Delivery(drift, webhook, body, 0, new CompletableFuture<>())))
                .toArray(CompletableFuture<?>[]::new));
    }

    private static boolean wants(Webhook webhook, Drift drift) {
        DriftSeverity severity = drift.severity() == null ? DriftSeverity.MEDIUM : drift.severity();
        return webhook.states().contains(drift.state()) && severity.compareTo(webhook.minimumSeverity()) >= 0;
    }

    private CompletableFuture<Void> begin(Delivery delivery) {
        if (waiting.incrementAndGet() > config.queue()) {
            end(delivery, "dropped", "must be at most " + config.queue() + " that wait");
        } else {
            schedule(delivery, Duration.ZERO);
        }
        return delivery.end();
    }

    private void schedule(Delivery delivery, Duration delay) {
        try {
            workers.schedule(() -> attempt(delivery), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debugf("the service stops; event %s is told after the next start", DriftHistory.key(delivery.drift()));
        }
    }

    private void attempt(Delivery delivery) {
        try {
            int status = send(delivery);
            meters.counter("leeway.webhook.tries", "loop", delivery.drift().loop())
                    .increment();
            if (status / 100 == 2) {
                end(delivery, "delivered", null);
            } else if (status >= 500 || status == 429 || status == 408) {
                again(delivery, "status " + status);
            } else {
                end(delivery, "failed", "status " + status);
            }
        } catch (RefusedException e) {
            end(delivery, "refused", e.getMessage());
        } catch (IOException e) {
            meters.counter("leeway.webhook.tries", "loop", delivery.drift().loop())
                    .increment();
            again(delivery, e.getClass().getSimpleName());
        }
    }

    private void again(Delivery delivery, String why) {
        if (delivery.tried() + 1 >= config.tries()) {
            end(delivery, "failed", why + " at the last of " + config.tries() + " tries");
            return;
        }
        Duration delay = config.backoff().multipliedBy(1L << Math.min(20, delivery.tried()));
        schedule(delivery.again(), delay.compareTo(LONGEST_BACKOFF) < 0 ? delay : LONGEST_BACKOFF);
    }

    private void end(Delivery delivery, String outcome, String why) {
        waiting.decrementAndGet();
        meters.counter("leeway.webhook.deliveries", "loop", delivery.drift().loop(), "outcome", outcome)
                .increment();
        if (why != null) {
            LOG.warnf("webhook of loop %s: %s: %s", delivery.drift().loop(), outcome, why);
        }
        delivery.end().complete(null);
    }

    private int send(Delivery delivery) throws IOException {
        Target target = Target.of(delivery.webhook().url());
        if (!isAllowed(target.host())) {
            throw new RefusedException("must be a host that drift-monitor.webhooks.hosts names: host=" + target.host());
        }
        String name = delivery.webhook().secret();
        String secret = config.secrets().get(name);
        if (secret == null || secret.isEmpty()) {
            throw new RefusedException("must be a secret that drift-monitor.webhooks.secrets has: name=" + name);
        }
        InetAddress address = Addresses.resolve(target, config.internalAddresses(), resolver);
        return post.send(target, address, headers(delivery, secret), delivery.body());
    }

    private boolean isAllowed(String host) {
        return config.hosts().orElse(List.of()).stream()
                .map(allowed -> allowed.toLowerCase(Locale.ROOT))
                .anyMatch(allowed ->
                        allowed.startsWith("*.") ? host.endsWith(allowed.substring(1)) : host.equals(allowed));
    }

    private Map<String, String> headers(Delivery delivery, String secret) {
        Drift drift = delivery.drift();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("User-Agent", "Leeway");
        headers.put("ce-specversion", "1.0");
        headers.put("ce-id", DriftHistory.key(drift));
        headers.put("ce-type", EventType.DRIFT.ceType());
        headers.put("ce-source", "/leeway/drift-monitor");
        headers.put("ce-subject", drift.loop());
        headers.put("ce-time", drift.time().toString());
        headers.put(Signature.HEADER, Signature.of(secret, clock.instant(), delivery.body()));
        return headers;
    }

    @PreDestroy
    void close() {
        workers.shutdownNow();
        watchdog.shutdownNow();
    }
}
