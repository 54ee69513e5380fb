package io.leeway.prediction.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.leeway.contracts.ModelRole;
import io.leeway.contracts.Topics;
import io.leeway.core.model.Artifact;
import io.leeway.prediction.TestLoops;
import io.leeway.prediction.TestModels;
import io.leeway.prediction.World;
import io.leeway.stack.testing.LeewayTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = LeewayTestResource.class, initArgs = @ResourceArg(name = "database", value = "false"))
class LoopResourceTest {
    @Test
    void aLoopIsShownWithoutItsSalt() {
        World.loop(TestLoops.bandit("shown", null, "a", "b"));
        String loop = given().get("/v1/loops/shown")
                .then()
                .statusCode(200)
                .body("name", equalTo("shown"))
                .body("settings.actions", hasSize(2))
                .extract()
                .asString();
        String loops = given().get("/v1/loops")
                .then()
                .statusCode(200)
                .body("name", hasItem("shown"))
                .extract()
                .asString();
        assertThat(loop + loops).doesNotContain(TestLoops.SALT);
        given().get("/v1/loops/nobody").then().statusCode(404);
        given().get("/v1/loops/nobody/model").then().statusCode(404);
    }

    @Test
    void whatServesIsShown() {
        World.loop(TestLoops.bandit("serving", null, "a", "b"));
        given().get("/v1/loops/serving/model")
                .then()
                .body("version", equalTo(0))
                .body("role", nullValue())
                .body("policy", equalTo("uniform"));
        Artifact artifact = TestModels.network("serving", 0.5f, "a", "b");
        World.champion(artifact, 2);
        World.publish(TestModels.preferring("serving", "a", "a", "b"), ModelRole.SHADOW, 1);
        World.eventually()
                .until(() -> given().get("/v1/loops/serving/model")
                                .jsonPath()
                                .getList("models")
                                .size()
                        == 2);
        given().get("/v1/loops/serving/model")
                .then()
                .body("version", equalTo(2))
                .body("role", equalTo("champion"))
                .body("sha256", equalTo(artifact.sha256()))
                .body("learner", equalTo("dl4j"))
                .body("policy", equalTo("squareCb"))
                .body("models.role", hasItem("shadow"));
    }

    @Test
    void aDeletedLoopIsGone() {
        World.loop(TestLoops.bandit("deleted", null, "a", "b"));
        World.write(new ProducerRecord<>(Topics.LOOPS, "deleted", null));
        World.eventually().until(() -> given().get("/v1/loops/deleted").statusCode() == 404);
        World.post("/v1/loops/deleted/decisions", "{}").statusCode(404);
    }
}
