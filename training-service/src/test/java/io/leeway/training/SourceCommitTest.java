package io.leeway.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceCommitTest {
    @TempDir
    Path folder;

    @Test
    void findsTheHeadOfTheCheckoutAround() throws IOException {
        Path inner = Files.createDirectories(folder.resolve("a/b"));
        Path git = Files.createDirectories(folder.resolve(".git/refs/heads"))
                .getParent()
                .getParent();
        Files.writeString(git.resolve("HEAD"), "ref: refs/heads/main\n");
        Files.writeString(git.resolve("packed-refs"), "# pack-refs\n1111 refs/heads/main\n");
        assertThat(SourceCommit.of(inner)).isEqualTo("1111");
        Files.writeString(git.resolve("refs/heads/main"), "2222\n");
        assertThat(SourceCommit.of(inner)).isEqualTo("2222");
        Files.writeString(git.resolve("HEAD"), "3333\n");
        assertThat(SourceCommit.of(inner)).isEqualTo("3333");
    }
}
