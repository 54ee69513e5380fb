package io.leeway.drift;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Edges import the root, never each other; the root knows no edge and none of their libraries. */
@AnalyzeClasses(packages = "io.leeway.drift", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule rootKnowsNoEdge = noClasses()
            .that()
            .resideInAPackage("io.leeway.drift")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.leeway.drift.http..",
                    "io.leeway.drift.kafka..",
                    "io.leeway.kit.kafka..",
                    "org.apache.kafka..",
                    "jakarta.ws.rs..",
                    "org.eclipse.microprofile.reactive..");

    @ArchTest
    static final ArchRule httpKnowsNoKafka = noClasses()
            .that()
            .resideInAPackage("io.leeway.drift.http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.leeway.drift.kafka..", "io.leeway.kit.kafka..", "org.apache.kafka..");

    @ArchTest
    static final ArchRule kafkaKnowsNoHttp = noClasses()
            .that()
            .resideInAPackage("io.leeway.drift.kafka..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.leeway.drift.http..", "jakarta.ws.rs..");

    @ArchTest
    static final ArchRule servicesDoNotKnowEachOther = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.leeway.prediction..", "io.leeway.feedback..", "io.leeway.training..", "io.leeway.stack..");

    @ArchTest
    static final ArchRule nobodyReadsTheClockByThemselves = noClasses()
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");
}
