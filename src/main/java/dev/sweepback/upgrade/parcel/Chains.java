package dev.sweepback.upgrade.parcel;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Finds the ways from certificates to the trusted roots, over certificates that anybody may have brought. */
final class Chains {

    private static final int LONGEST = 8;

    private final Trust trust;
    private final Set<X509Certificate> between;

    /** @param brought certificates of the package */
    Chains(Trust trust, Collection<X509Certificate> brought) {
        this.trust = trust;
        this.between = new LinkedHashSet<>(brought);
        this.between.addAll(trust.intermediates());
    }

    /**
     * A chain that holds at that time.
     *
     * @throws PackageRefused if there is none, naming what is missing or wrong
     */
    Chain verified(X509Certificate leaf, Purpose purpose, Instant at) {
        Chain chain = shortest(leaf, issuer -> ChainRules.mayIssue(issuer, purpose, at))
                .or(() -> shortest(leaf, issuer -> true))
                .orElseThrow(() -> noWay(leaf));
        ChainRules.check(chain, purpose, at);
        return chain;
    }

    private Optional<Chain> shortest(X509Certificate leaf, Predicate<X509Certificate> passable) {
        Set<X509Certificate> seen = new HashSet<>(Set.of(leaf));
        Deque<List<X509Certificate>> open = new ArrayDeque<>(List.of(List.of(leaf)));
        while (!open.isEmpty()) {
            List<X509Certificate> way = open.remove();
            X509Certificate top = way.get(way.size() - 1);
            for (X509Certificate root : trust.roots()) {
                if (passable.test(root) && Certificates.isIssuedBy(top, root)) {
                    return Optional.of(new Chain(way, root));
                }
            }
            for (X509Certificate issuer : between) {
                if (way.size() < LONGEST
                        && !seen.contains(issuer)
                        && passable.test(issuer)
                        && Certificates.isIssuedBy(top, issuer)) {
                    seen.add(issuer);
                    List<X509Certificate> longer = new ArrayList<>(way);
                    longer.add(issuer);
                    open.add(longer);
                }
            }
        }
        return Optional.empty();
    }

    private PackageRefused noWay(X509Certificate leaf) {
        X509Certificate top = topmost(leaf);
        String signer = top.equals(leaf)
                ? "the certificate " + Certificates.name(leaf)
                : "the chain of the certificate " + Certificates.name(leaf);
        String fingerprint = "SHA-256 " + Certificates.fingerprint(top);
        if (Certificates.isIssuedBy(top, top)) {
            return new PackageRefused(
                    Fault.UNTRUSTED_ROOT,
                    signer + " ends at the root " + Certificates.name(top) + " (" + fingerprint
                            + "), which the package brought along itself: that proves nothing" + namesake(top),
                    howToTrust("its SHA-256"));
        }
        return new PackageRefused(
                Fault.UNKNOWN_ISSUER,
                signer + " ends at an unknown issuer, " + Certificates.name(top.getIssuerX500Principal())
                        + "; the topmost certificate at hand is " + Certificates.name(top) + " (" + fingerprint + ")"
                        + namesake(top),
                "if the issuer is one between, give its certificate with --chain FILE; if it is the vendor's root: "
                        + howToTrust("the root's SHA-256"));
    }

    private String namesake(X509Certificate top) {
        return trust.roots().stream()
                        .anyMatch(root -> root.getSubjectX500Principal().equals(top.getIssuerX500Principal()))
                ? "; a trusted root has the same name, but another key"
                : "";
    }

    private static String howToTrust(String what) {
        return "ask the vendor for " + what
                + " on another channel than the package came by (by phone, from the contract), compare it with `openssl x509 -in root.pem -noout -fingerprint -sha256`, and only then append root.pem to the file of --trust";
    }

    /** As far up as the certificates at hand lead. */
    private X509Certificate topmost(X509Certificate leaf) {
        Set<X509Certificate> seen = new HashSet<>();
        X509Certificate top = leaf;
        Optional<X509Certificate> next = Optional.of(leaf);
        while (next.isPresent() && seen.add(next.get())) {
            X509Certificate reached = next.get();
            top = reached;
            next = between.stream()
                    .filter(issuer -> !seen.contains(issuer) && Certificates.isIssuedBy(reached, issuer))
                    .findFirst();
        }
        return top;
    }
}
