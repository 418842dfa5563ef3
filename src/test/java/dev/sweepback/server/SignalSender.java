package dev.sweepback.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Sends signals, signed by the words of the specifications and not by the library that the server uses. */
public final class SignalSender {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private SignalSender() {}

    /** Not signed. */
    public static HttpRequest.Builder post(String url, String body) {
        return HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    public static HttpRequest.Builder webhook(String url, String id, Instant time, String signature, String body) {
        return post(url, body)
                .header("webhook-id", id)
                .header("webhook-timestamp", String.valueOf(time.getEpochSecond()))
                .header("webhook-signature", signature);
    }

    public static String signature(byte[] key, String id, Instant time, String body) {
        byte[] mac = hmac(key, id + "." + time.getEpochSecond() + "." + body);
        return "v1," + Base64.getEncoder().encodeToString(mac);
    }

    static HttpRequest.Builder github(String url, byte[] key, String event, String body) {
        return post(url, body)
                .header("X-GitHub-Event", event)
                .header("X-GitHub-Delivery", "72d3162e-cc78-11e3-81ab-4c9367dc0958")
                .header("X-Hub-Signature-256", "sha256=" + HexFormat.of().formatHex(hmac(key, body)));
    }

    private static byte[] hmac(byte[] key, String content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(content.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
