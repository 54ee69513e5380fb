package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.cli.client.Addresses;
import io.leeway.cli.loop.LoopFile;
import io.leeway.contracts.LoopKind;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeewayTest {
    @Test
    void wrongWordsAreNamedAndEndWithStatusTwo() {
        Run stauts = Run.of("stauts");
        assertThat(stauts.status()).isEqualTo(2);
        assertThat(stauts.errors()).contains("'stauts'").contains("leeway status");
        assertThat(Run.of("demo").status()).isEqualTo(2);
        assertThat(Run.of("bench", "serving", "--swaps", "0").errors()).contains("--swaps must be >= 1: 0");
        assertThat(Run.of("simulate", "--rat", "3").errors()).contains("argument=--rat");
        assertThat(Run.of("inspect", "x", "--url", "ftp://nowhere").status()).isEqualTo(2);
    }

    @Test
    void whatFailsEndsWithStatusOneAndAMessageWithoutStackTrace() {
        Run inspect = Run.of("inspect", "x", "--url", "http://localhost:1");
        assertThat(inspect.status()).isEqualTo(1);
        assertThat(inspect.errors())
                .contains("nobody answers at http://localhost:2")
                .doesNotContain("\tat ");
    }

    @Test
    void everyCommandExplainsItself() {
        for (String command : new String[] {
            "up",
            "down",
            "status",
            "logs",
            "demo",
            "loop",
            "inspect",
            "pipeline",
            "simulate",
            "evaluate",
            "import",
            "export",
            "rebuild",
            "backup",
            "restore"
        }) {
            Run help = Run.of(command, "--help");
            assertThat(help.status()).as(command).isZero();
            assertThat(help.output()).contains("Usage: leeway " + command);
        }
    }

    @Test
    void missingFilmsAreExplained(@TempDir Path empty) {
        Run demo = Run.of("demo", "movielens", "--data", empty.toString());
        assertThat(demo.status()).isEqualTo(1);
        assertThat(demo.errors())
                .contains("u.data, u.item, u.user")
                .contains("--fetch")
                .contains(empty.toString());
    }

    @Test
    void aLoopIsReadFromYaml(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("news.yaml"), """
                name: news
                kind: bandit
                actions: [{id: politics}, {id: sports}]
                reward: {rewardWait: PT5S}
                """);
        LoopFile loop = LoopFile.read(file);
        assertThat(loop.name()).isEqualTo("news");
        assertThat(loop.settings().kind()).isEqualTo(LoopKind.BANDIT);
        assertThat(loop.settings().reward().rewardWait()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aWrongLoopFileIsRefusedByFieldAndValue(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("bad.yaml"), "kind: bandit\nexploration: {rule: sometimes}\n");
        Assertions.assertThatThrownBy(() -> LoopFile.read(file))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("bad.yaml")
                .hasMessageContaining("exploration.rule: must be one of")
                .hasMessageContaining("rule=sometimes");
    }

    @Test
    void theOtherServicesAreOnTheNextThreePorts() {
        Addresses addresses = Addresses.of("http://example.org:9001/");
        assertThat(addresses.prediction()).isEqualTo(URI.create("http://example.org:9001"));
        assertThat(addresses.drift()).isEqualTo(URI.create("http://example.org:9004"));
        assertThat(Addresses.of("http://example.org").feedback()).isEqualTo(URI.create("http://example.org:8082"));
    }
}
