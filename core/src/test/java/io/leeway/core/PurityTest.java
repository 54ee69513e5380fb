package io.leeway.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.leeway.core", importOptions = ImportOption.DoNotIncludeTests.class)
class PurityTest {
    @ArchTest
    static final ArchRule seesTheJdkAndMathematicsOnly = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.leeway.core..",
                    "java.lang..",
                    "java.util..",
                    "java.math..",
                    "java.nio..",
                    "java.security..",
                    "java.time..",
                    "org.apache.commons.math3..");

    @ArchTest
    static final ArchRule hasNoPackageCycles =
            slices().matching("io.leeway.core.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule makesNoRandomnessAndReadsNoClockOfItsOwn =
            com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses()
                    .should()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(System.class, "nanoTime")
                    .orShould()
                    .callMethod(java.time.Instant.class, "now")
                    .orShould()
                    .callMethod(Math.class, "random")
                    .orShould()
                    .callConstructor(java.util.Random.class)
                    .orShould()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom");
}
