package dev.sweepback.adapter.github;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import dev.sweepback.adapter.NpmPackage;
import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * GitHub's published description, as far as it concerns the webhooks of repositories and organizations, and what is wrong with
 * an exchange by it.
 */
final class GithubDescription {

    private static final NpmPackage PACKAGE = new NpmPackage(
            "@octokit/openapi", "23.0.2", "github-description", "tests against GitHub's published description");

    private static final List<String> PLACES = List.of("/repos/{owner}/{repo}/hooks", "/orgs/{org}/hooks");

    /** Where the description tells what 403 looks like: it can be the answer to any request, and is not told for all. */
    private static final String TOLD_FORBIDDEN = "/repos/acme/dten/hooks";

    private final String base;
    private final OpenApiInteractionValidator validator;

    private GithubDescription(String base, ObjectNode description) {
        this.base = base;
        this.validator = OpenApiInteractionValidator.createForInlineApiSpecification(description.toString())
                .withBasePathOverride(base)
                .withLevelResolver(LevelResolver.create()
                        .withLevel("validation.request.parameter.query.unexpected", ValidationReport.Level.ERROR)
                        .build())
                .build();
    }

    /**
     * @param name as the package calls it: {@code api.github.com}, {@code ghes-3.19}
     * @param base the path of the API
     */
    static GithubDescription load(String name, String base) {
        try {
            Path folder = PACKAGE.install().resolve("node_modules/@octokit/openapi/generated");
            removeResolved(folder);
            return new GithubDescription(
                    base, hooksOf(JsonMapper.shared().readTree(Files.readString(folder.resolve(name + ".json")))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while GitHub's description was fetched", e);
        }
    }

    /** Each description is there a second time, with its references resolved: 300 MB that nobody needs. */
    private static void removeResolved(Path folder) throws IOException {
        try (DirectoryStream<Path> resolved = Files.newDirectoryStream(folder, "*.deref.json")) {
            for (Path file : resolved) {
                Files.delete(file);
            }
        }
    }

    /** The paths of hooks and all that they refer to. The whole would take the validator minutes. */
    private static ObjectNode hooksOf(JsonNode whole) {
        // of 3.1 the validator would accept anything
        if (!whole.path("openapi").asString("").startsWith("3.0.")) {
            throw new IllegalStateException("the description is of OpenAPI " + whole.path("openapi"));
        }
        ObjectNode part = JsonMapper.shared().createObjectNode();
        part.set("openapi", whole.path("openapi"));
        part.set("info", whole.path("info"));
        ObjectNode paths = part.putObject("paths");
        Deque<JsonNode> left = new ArrayDeque<>();
        whole.path("paths").properties().forEach(path -> {
            if (PLACES.stream().anyMatch(place -> path.getKey().startsWith(place))) {
                paths.set(path.getKey(), path.getValue());
                left.add(path.getValue());
            }
        });
        Set<String> known = new HashSet<>();
        while (!left.isEmpty()) {
            for (JsonNode reference : left.remove().findValues("$ref")) {
                String pointer = reference.asString().substring(1);
                if (known.add(pointer)) {
                    List<String> steps = List.of(pointer.substring(1).split("/"));
                    JsonNode target = whole.at(pointer);
                    part.withObject("/" + steps.get(0) + "/" + steps.get(1)).set(steps.get(2), target);
                    left.add(target);
                }
            }
        }
        return part;
    }

    /** What is wrong with the request, in the validator's words. */
    List<String> complaints(Request request) {
        SimpleRequest.Builder sent = new SimpleRequest.Builder(request.method(), named(request.path()));
        for (String pair : request.query().split("&", -1)) {
            int sign = pair.indexOf('=');
            if (sign > 0) {
                sent.withQueryParam(pair.substring(0, sign), decode(pair.substring(sign + 1)));
            }
        }
        request.body()
                .ifPresent(body -> sent.withContentType("application/json").withBody(body.toString()));
        return texts(validator.validateRequest(sent.build()));
    }

    /** What is wrong with the answer, in the validator's words. */
    List<String> complaints(Request request, Response response) {
        SimpleResponse.Builder answer = SimpleResponse.Builder.status(response.status());
        response.header("content-type").ifPresent(answer::withContentType);
        if (!response.body().isEmpty()) {
            answer.withBody(response.body());
        }
        boolean forbidden = response.status() == 403;
        return texts(validator.validateResponse(
                forbidden ? base + TOLD_FORBIDDEN : named(request.path()),
                com.atlassian.oai.validator.model.Request.Method.valueOf(forbidden ? "POST" : request.method()),
                answer.build()));
    }

    /** GitHub's own links name a place by its number; the description knows names alone. */
    private String named(String path) {
        String below = path.startsWith("/api/v3/") ? path : base + path;
        return below.replaceFirst("/repositories/\\d+/", "/repos/acme/dten/")
                .replaceFirst("/organizations/\\d+/", "/orgs/acme/");
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static List<String> texts(ValidationReport report) {
        return report.getMessages().stream()
                .filter(message -> message.getLevel() != ValidationReport.Level.IGNORE)
                .map(message -> message.getKey() + ": " + message.getMessage())
                .toList();
    }
}
