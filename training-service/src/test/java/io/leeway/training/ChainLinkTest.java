package io.leeway.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.contracts.rest.AuditVerdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChainLinkTest {
    /** Computed with: the same text through Python's hashlib */
    @Test
    void theHashIsTheSha256OfTheHashBeforeAndTheMeasuredFields() {
        ChainLink link = ChainLink.of(1, ChainLink.BEGINNING, "", "taxi", "1", null, "\u00e9a");
        assertThat(link.expected()).isEqualTo("6a0c7324ee3589db263eec7ea63e623d5b5ee6c90cd251fce98ef157bc39d8e7");
    }

    @Test
    void fieldsCannotBeMovedIntoOneAnother() {
        assertThat(ChainLink.of(1, ChainLink.BEGINNING, "", "ab", "c").expected())
                .isNotEqualTo(
                        ChainLink.of(1, ChainLink.BEGINNING, "", "a", "bc").expected());
        assertThat(ChainLink.of(1, ChainLink.BEGINNING, "", "a", null).expected())
                .isNotEqualTo(ChainLink.of(1, ChainLink.BEGINNING, "", "a", "-").expected());
    }

    @Test
    void timesAreMicroseconds() {
        assertThat(ChainLink.micros(Instant.parse("1970-01-01T00:00:01.000002Z")))
                .isEqualTo("1000002");
    }

    @Test
    void theFirstEntryThatDoesNotFitIsNamed() {
        List<ChainLink> links = chain(5);
        assertThat(VerifyAudit.check("audit", links).brokenAt()).isNull();
        assertThat(VerifyAudit.check("audit", links).head())
                .isEqualTo(links.get(4).sha256());
        List<ChainLink> changed = new ArrayList<>(links);
        changed.set(
                2, ChainLink.of(3, links.get(2).previousSha256(), links.get(2).sha256(), "other"));
        assertThat(VerifyAudit.check("audit", changed).brokenAt()).isEqualTo(3);
        List<ChainLink> rewritten = new ArrayList<>(links);
        ChainLink forged = ChainLink.of(3, links.get(2).previousSha256(), "", "other");
        rewritten.set(2, ChainLink.of(3, forged.previousSha256(), forged.expected(), "other"));
        AuditVerdict.Chain chain = VerifyAudit.check("audit", rewritten);
        assertThat(chain.brokenAt()).as("the one after it holds the old hash").isEqualTo(4);
        List<ChainLink> missing = new ArrayList<>(links);
        missing.remove(1);
        assertThat(VerifyAudit.check("audit", missing).brokenAt()).isEqualTo(2);
        assertThat(VerifyAudit.check("audit", List.of()).entries()).isZero();
    }

    private static List<ChainLink> chain(int size) {
        List<ChainLink> links = new ArrayList<>();
        String before = ChainLink.BEGINNING;
        for (int i = 1; i <= size; i++) {
            String hash = ChainLink.of(i, before, "", "entry " + i).expected();
            links.add(ChainLink.of(i, before, hash, "entry " + i));
            before = hash;
        }
        return links;
    }
}
