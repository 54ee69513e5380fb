package io.leeway.feedback;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.leeway.feedback", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule edgesDoNotKnowEachOther =
            slices().matching("io.leeway.feedback.(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule theRootDoesNotKnowTheEdges = noClasses()
            .that()
            .resideInAPackage("io.leeway.feedback")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.leeway.feedback.*..", "org.apache.kafka..", "java.sql..", "jakarta.ws.rs..");

    @ArchTest
    static final ArchRule entitiesStayInTheStore = classes()
            .that()
            .haveSimpleNameEndingWith("Entity")
            .should()
            .bePackagePrivate()
            .andShould()
            .resideInAPackage("..store");
}
