# Leeway's images, one target each way of running: `service` (with SERVICE=the module's name) and `tools` (the command line).
# Plain instructions only, so that engines without BuildKit build it, too.

# ---- Build: once for all images ----
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
# The poms alone first: what they download stays in this layer until one of them changes.
COPY pom.xml ./
COPY .mvn .mvn
COPY contracts/pom.xml contracts/
COPY core/pom.xml core/
COPY report/pom.xml report/
COPY service-kit/pom.xml service-kit/
COPY local-stack/pom.xml local-stack/
COPY prediction-service/pom.xml prediction-service/
COPY feedback-logger/pom.xml feedback-logger/
COPY drift-monitor/pom.xml drift-monitor/
COPY training-service/pom.xml training-service/
COPY simulator/pom.xml simulator/
COPY cli/pom.xml cli/
COPY benchmarks/pom.xml benchmarks/
COPY end-to-end/pom.xml end-to-end/
# `gpu` swaps the trainer's backend; empty otherwise.
ARG MAVEN_PROFILES=""
ARG MODULES=cli,prediction-service,feedback-logger,training-service,drift-monitor
RUN mvn -B -q ${MAVEN_PROFILES:+-P$MAVEN_PROFILES} -pl "$MODULES" -am -DskipTests package
COPY . .
RUN mvn -B -q ${MAVEN_PROFILES:+-P$MAVEN_PROFILES} -pl "$MODULES" -am -DskipTests package
# The commit for the provenance of models; nothing where the sources come without their history.
RUN mkdir -p /out/.git && cp -r .git/HEAD .git/refs .git/packed-refs /out/.git/ 2>/dev/null || true

# ---- What all images run on ----
FROM eclipse-temurin:25-jre AS runtime
RUN useradd --system --uid 10001 --home-dir /var/lib/leeway leeway \
 && mkdir -p /opt/leeway /var/lib/leeway && chown leeway /var/lib/leeway
WORKDIR /opt/leeway
# What a JVM of ours gets, and then what a container sets for itself.
ENV LEEWAY_JVM="-XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow" \
    JAVA_OPTS=""

# ---- The command line: creates topics, simulates traffic ----
FROM runtime AS tools
COPY --from=build /src/cli/target/lib lib
COPY --from=build /src/cli/target/leeway-cli.jar ./
USER leeway
ENTRYPOINT ["/bin/sh", "-c", "exec java $LEEWAY_JVM $JAVA_OPTS -cp 'leeway-cli.jar:lib/*' \"$@\"", "java"]
CMD ["io.leeway.cli.Leeway", "--help"]

# ---- A service ----
FROM runtime AS service
ARG SERVICE
# Libraries change less often than our code.
COPY --from=build /src/${SERVICE}/target/quarkus-app/lib lib
COPY --from=build /src/${SERVICE}/target/quarkus-app/quarkus quarkus
COPY --from=build /src/${SERVICE}/target/quarkus-app/quarkus-run.jar ./
COPY --from=build /src/${SERVICE}/target/quarkus-app/app app
COPY --from=build /out ./
ENV QUARKUS_HTTP_HOST=0.0.0.0 \
    QUARKUS_HTTP_PORT=8080 \
    LEEWAY_STATE_DIR=/var/lib/leeway
USER leeway
VOLUME /var/lib/leeway
# Bash speaks HTTP well enough for this; the image need not carry curl.
HEALTHCHECK --interval=5s --timeout=5s --start-period=90s --retries=6 \
  CMD ["/bin/bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$QUARKUS_HTTP_PORT && printf 'GET /q/health/ready HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["/bin/sh", "-c", "exec java $LEEWAY_JVM $JAVA_OPTS -jar quarkus-run.jar"]
