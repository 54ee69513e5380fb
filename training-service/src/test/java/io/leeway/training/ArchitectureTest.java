package io.leeway.training;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.leeway.training", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] EDGES = {"..training.http..", "..training.kafka..", "..training.store.."};

    @ArchTest
    static final ArchRule DL4J_STAYS_IN_ITS_PACKAGE = noClasses()
            .that()
            .resideOutsideOfPackage("..training.dl4j..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.deeplearning4j..", "org.nd4j..", "org.bytedeco..", "..training.dl4j..");

    @ArchTest
    static final ArchRule EDGES_DO_NOT_KNOW_EACH_OTHER = slices().matching(
                    "io.leeway.training.(http|kafka|store|dl4j)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule THE_ROOT_DOES_NOT_KNOW_ITS_EDGES = noClasses()
            .that()
            .resideInAnyPackage("io.leeway.training", "..training.gates..", "..training.learning..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(EDGES);

    @ArchTest
    static final ArchRule LEARNING_RUNS_WITHOUT_QUARKUS = noClasses()
            .that()
            .resideInAnyPackage("..training.learning..", "..training.dl4j..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.quarkus..", "jakarta..", "org.apache.kafka..", "io.leeway.contracts..", "io.leeway.kit..");

    @ArchTest
    static final ArchRule THE_DATABASE_IS_SEEN_BY_THE_STORE_ALONE = noClasses()
            .that()
            .resideOutsideOfPackage("..training.store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.persistence..", "org.hibernate..", "io.quarkus.hibernate..", "java.sql..");

    @ArchTest
    static final ArchRule KAFKA_CLIENTS_ARE_SEEN_BY_THE_KAFKA_EDGE_ALONE = noClasses()
            .that()
            .resideOutsideOfPackage("..training.kafka..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "io.smallrye.reactive..");
}
