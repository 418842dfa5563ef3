package dev.sweepback.connector;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Shows what may be a secret without giving it away. The key keeps a fingerprint from being guessed offline. */
public final class Redaction {

    private final SecretKeySpec key;

    public Redaction(byte[] key) {
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    /** Scheme, host, first path segment and eight digits of a keyed fingerprint of the whole. */
    public String url(String url) {
        String mark = "#" + fingerprint(url).substring(0, 8);
        try {
            URI uri = URI.create(url);
            if (uri.getScheme() == null || uri.getHost() == null) {
                return "(url)" + mark;
            }
            String path = uri.getPath() == null ? "" : uri.getPath();
            int second = path.indexOf('/', 1);
            String shown = second < 0 ? path : path.substring(0, second) + "/…";
            String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            return uri.getScheme() + "://" + uri.getHost() + port + shown + mark;
        } catch (IllegalArgumentException e) {
            return "(url)" + mark;
        }
    }

    /** The same of a state, which a plain digest would let a reader of the plan try out. */
    public String fingerprint(State state) {
        return fingerprint(new String(state.bytes(), StandardCharsets.UTF_8));
    }

    /** A keyed fingerprint, 64 hexadecimal digits. */
    public String fingerprint(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every Java", e);
        }
    }
}
