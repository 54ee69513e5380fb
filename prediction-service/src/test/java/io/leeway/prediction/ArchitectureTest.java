package io.leeway.prediction;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.leeway.prediction", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "io.leeway.prediction";
    private static final String HTTP = "io.leeway.prediction.http..";
    private static final String KAFKA = "io.leeway.prediction.kafka..";
    private static final String JOURNAL = "io.leeway.prediction.journal..";

    @ArchTest
    static final ArchRule THE_ROOT_KNOWS_NO_EDGE = noClasses()
            .that()
            .resideInAPackage(ROOT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    HTTP,
                    KAFKA,
                    JOURNAL,
                    "io.leeway.kit.kafka..",
                    "org.apache.kafka..",
                    "jakarta.ws.rs..",
                    "io.vertx..");

    @ArchTest
    static final ArchRule REST_KNOWS_NO_KAFKA = noClasses()
            .that()
            .resideInAPackage(HTTP)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(KAFKA, "io.leeway.kit.kafka..", "org.apache.kafka..");

    @ArchTest
    static final ArchRule KAFKA_KNOWS_NO_REST = noClasses()
            .that()
            .resideInAPackage(KAFKA)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(HTTP, "jakarta.ws.rs..", "io.vertx..");

    @ArchTest
    static final ArchRule THE_JOURNAL_KNOWS_NEITHER = noClasses()
            .that()
            .resideInAPackage(JOURNAL)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    HTTP, KAFKA, "io.leeway.kit.kafka..", "org.apache.kafka..", "jakarta.ws.rs..", "io.vertx..");

    @ArchTest
    static final ArchRule SERVICES_DO_NOT_KNOW_EACH_OTHER = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.leeway.feedback..", "io.leeway.training..", "io.leeway.drift..");
}
