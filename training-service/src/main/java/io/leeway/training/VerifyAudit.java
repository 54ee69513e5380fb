package io.leeway.training;

import io.leeway.contracts.rest.AuditVerdict;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Computes the chains of a loop's audit log again and says where the first entry does not fit. Thread safe. */
@ApplicationScoped
public class VerifyAudit {
    private final AuditLog audit;
    private final Clock clock;

    VerifyAudit(AuditLog audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /** @param noted a head that was noted earlier and must still be in one of the chains; empty for none */
    public AuditVerdict verify(String loop, Optional<String> noted) {
        List<ChainLink> entries = audit.entries(loop);
        List<ChainLink> roles = audit.roles(loop);
        AuditVerdict.Chain first = check("audit", entries);
        AuditVerdict.Chain second = check("roles", roles);
        boolean found = noted.isEmpty() || holds(entries, noted.get()) || holds(roles, noted.get());
        boolean intact = first.brokenAt() == null && second.brokenAt() == null && found;
        return new AuditVerdict(loop, intact, clock.instant(), List.of(first, second));
    }

    /** A last entry that is gone leaves a chain that fits: only a head that was noted elsewhere shows it. */
    static AuditVerdict.Chain check(String name, List<ChainLink> links) {
        String before = ChainLink.BEGINNING;
        long position = 0;
        for (ChainLink link : links) {
            position++;
            String fault = fault(link, position, before);
            if (fault != null) {
                return new AuditVerdict.Chain(name, links.size(), head(links), position, fault);
            }
            before = link.sha256();
        }
        return new AuditVerdict.Chain(name, links.size(), head(links), null, null);
    }

    private static String fault(ChainLink link, long position, String before) {
        if (link.position() != position) {
            return "must be entry " + position + ", some are missing: position=" + link.position();
        }
        if (!link.previousSha256().equals(before)) {
            return "must follow the entry before: previousSha256=" + link.previousSha256();
        }
        return link.expected().equals(link.sha256()) ? null : "must hash to " + link.sha256() + ", was changed";
    }

    private static boolean holds(List<ChainLink> links, String head) {
        return links.stream().anyMatch(link -> link.sha256().equals(head));
    }

    private static String head(List<ChainLink> links) {
        return links.isEmpty()
                ? ChainLink.BEGINNING
                : links.get(links.size() - 1).sha256();
    }
}
