package dev.sweepback.upgrade.parcel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A vendor with its keys, who makes one small package; tests change what they need. */
public final class Parcels {

    public static final Identity ROOT =
            new IdentityMaker("O=Vendor,CN=Vendor Root").ca().bySelf();
    static final Identity ISSUING =
            new IdentityMaker("O=Vendor,CN=Vendor Issuing").ca().by(ROOT);
    static final Identity SIGNER = new IdentityMaker("O=Vendor,CN=Vendor Signing").by(ISSUING);
    static final Identity STAMPS_ROOT = new IdentityMaker("CN=Stamps Root")
            .ca()
            .valid("2020-01-01T00:00:00Z", "2040-01-01T00:00:00Z")
            .bySelf();
    static final Identity STAMPS = new IdentityMaker("CN=Stamps")
            .purpose(KeyPurposeId.id_kp_timeStamping)
            .valid("2020-01-01T00:00:00Z", "2040-01-01T00:00:00Z")
            .by(STAMPS_ROOT);

    /** Of a vendor whose certificates are valid whatever the real time is. */
    public static final Identity LASTING_ROOT = new IdentityMaker("O=Vendor,CN=Lasting Root")
            .ca()
            .valid("2000-01-01T00:00:00Z", "2100-01-01T00:00:00Z")
            .bySelf();

    private static final Identity LASTING_SIGNER = new IdentityMaker("O=Vendor,CN=Lasting Signing")
            .valid("2000-01-01T00:00:00Z", "2100-01-01T00:00:00Z")
            .by(LASTING_ROOT);

    static final String SCRIPT = "files/install.sh";
    static final String NOTES = "files/notes.txt";

    public final Map<String, byte[]> files = new LinkedHashMap<>();

    /** Changes the manifest before it is signed. */
    public Consumer<ObjectNode> manifest = node -> {};

    /** Changes its text before it is signed. */
    Function<String, String> text = manifestText -> manifestText;

    Function<byte[], byte[]> signature = new Signing(SIGNER).bringing(SIGNER, ISSUING)::sign;

    /** Changes the zip file before it is written. */
    Consumer<RawZip> zip = raw -> {};

    Function<byte[], byte[]> bytes = whole -> whole;

    public Parcels() {
        files.put(SCRIPT, text("#!/bin/sh\necho upgraded\n"));
        files.put(NOTES, text("What is new\n"));
    }

    /** Signed so that it can be verified at the real time. */
    public static Parcels lasting() {
        Parcels parcels = new Parcels();
        parcels.signature = new Signing(LASTING_SIGNER).bringing(LASTING_SIGNER)::sign;
        return parcels;
    }

    public void damage() {
        zip = raw -> raw.items.remove(3);
    }

    static byte[] text(String content) {
        return content.getBytes(StandardCharsets.UTF_8);
    }

    public Path write(Path file) {
        RawZip raw = new RawZip();
        byte[] signed = text(text.apply(manifestNode().toPrettyString()));
        raw.add(Manifest.PATH, signed);
        raw.add(Manifest.SIGNATURE_PATH, signature.apply(signed), 0);
        files.forEach(raw::add);
        zip.accept(raw);
        try {
            return Files.write(file, bytes.apply(raw.bytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ObjectNode manifestNode() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("apiVersion", "sweepback/v1").put("kind", "Package");
        node.put("name", "full-upgrade-package-dten").put("version", "2.4.0");
        node.put("date", "2026-05-01T08:00:00Z");
        var list = node.putArray("files");
        files.forEach((path, content) -> list.addObject()
                .put("path", path)
                .put("sha256", sha256(content))
                .put("size", content.length));
        node.put("reboot", "required").put("downtime", "30m");
        node.putArray("dependencies").addObject().put("name", "database").put("version", "^2.1.0");
        node.putArray("compatible").addObject().put("name", "database").put("version", "2.1.3");
        ObjectNode temporary = node.putObject("temporary");
        temporary.putArray("flags").add("unleash/dten-hybrid");
        temporary.putArray("webhooks").add("github/11");
        temporary.putArray("leases").add("vault/database/creds/dten-migrator/x1");
        manifest.accept(node);
        return node;
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    static Trust trust(Identity... roots) {
        return new Trust(List.of(roots).stream().map(Identity::certificate).toList(), List.of());
    }
}
