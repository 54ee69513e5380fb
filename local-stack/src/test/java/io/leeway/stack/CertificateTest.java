package io.leeway.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateTest {
    @TempDir
    private Path folder;

    private static X509Certificate read(Path pem) throws Exception {
        try (InputStream in = Files.newInputStream(pem)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    @Test
    void isMadeOnceForThisMachineAndRenewedBeforeItIsOver() throws Exception {
        Certificate certificate = Certificate.in(folder);
        X509Certificate first = read(certificate.pem());
        first.checkValidity();
        assertThat(first.getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(List.of(2, "localhost"), List.of(7, "127.0.0.1"));
        KeyStore store = KeyStore.getInstance(certificate.keyStore().toFile(), Certificate.PASSWORD.toCharArray());
        assertThat(store.getCertificate("leeway")).isEqualTo(first);
        assertThat(read(Certificate.in(folder).pem())).isEqualTo(first);
        makeOld(certificate.pem());
        assertThat(read(Certificate.in(folder).pem())).isNotEqualTo(first);
    }

    private static void makeOld(Path pem) throws IOException {
        Files.setLastModifiedTime(pem, FileTime.from(Instant.now().minusSeconds(340 * 86_400)));
    }
}
