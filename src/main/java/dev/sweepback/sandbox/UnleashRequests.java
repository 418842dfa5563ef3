package dev.sweepback.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import tools.jackson.core.JacksonException;

/** Unleash's addresses, and who may use them. */
final class UnleashRequests {

    private static final String FLAG = "/api/admin/projects/{project}/features/{flag}";

    private final UnleashParts parts;
    private final UnleashAccess access;
    private final Routes admin = new Routes();
    private final Routes client = new Routes();

    UnleashRequests(UnleashParts parts) {
        this.parts = parts;
        access = new UnleashAccess(parts.tokens);
        routeFlags();
        routeEnvironments();
        routeTheRest();
    }

    private void routeFlags() {
        UnleashFeatures features = parts.features;
        String project = "/api/admin/projects/{project}";
        admin.on("GET", project + "/features", features::list)
                .on("POST", project + "/features", features::post)
                .on("GET", FLAG, features::get)
                .on("PUT", FLAG, features::put)
                .on("PATCH", FLAG, features::patch)
                .on("DELETE", FLAG, features::archive)
                .on("GET", FLAG + "/lifecycle", features::lifecycle)
                .on("POST", FLAG + "/lifecycle/complete", features::complete)
                .on("POST", FLAG + "/lifecycle/uncomplete", features::uncomplete)
                .on("POST", FLAG + "/link", features::addLink)
                .on("POST", FLAG + "/favorites", features::addFavorite)
                .on("POST", FLAG + "/dependencies", features::addDependency)
                .on("DELETE", FLAG + "/dependencies", features::removeDependencies)
                .on("DELETE", FLAG + "/dependencies/{parent}", features::removeDependency)
                .on("POST", project + "/archive", features::archiveMany)
                .on("POST", project + "/archive/validate", features::validateArchive)
                .on("POST", project + "/revive", features::reviveMany)
                .on("POST", project + "/delete", features::removeManyForGood)
                .on("POST", project + "/stale", features::stale)
                .on("POST", "/api/admin/archive/revive/{flag}", features::revive)
                .on("DELETE", "/api/admin/archive/{flag}", features::removeForGood)
                .on("GET", "/api/admin/features/{flag}/tags", features::tags)
                .on("POST", "/api/admin/features/{flag}/tags", features::addTag)
                .on("DELETE", "/api/admin/features/{flag}/tags/{type}/{value}", features::removeTag);
    }

    private void routeEnvironments() {
        String environment = FLAG + "/environments/{environment}";
        String many = "/api/admin/projects/{project}/bulk_features/environments/{environment}";
        admin.on("POST", many + "/on", call -> parts.strategies.switchMany(call, true))
                .on("POST", many + "/off", call -> parts.strategies.switchMany(call, false))
                .on("POST", environment + "/on", parts.strategies::switchOn)
                .on("POST", environment + "/off", parts.strategies::switchOff)
                .on("GET", environment + "/strategies", parts.strategies::list)
                .on("POST", environment + "/strategies", parts.strategies::post)
                .on("PUT", environment + "/strategies/{strategy}", parts.strategies::put)
                .on("PATCH", environment + "/strategies/{strategy}", parts.strategies::patch)
                .on("DELETE", environment + "/strategies/{strategy}", parts.strategies::delete)
                .on("GET", environment + "/variants", parts.strategies::getVariants)
                .on("PUT", environment + "/variants", parts.strategies::putVariants);
    }

    private void routeTheRest() {
        UnleashExport export = new UnleashExport(parts.flags);
        admin.on("GET", "/api/admin/search/features", new UnleashSearch(parts.flags, parts.views)::search)
                .on("GET", "/api/admin/search/events", parts.events::search)
                .on("GET", "/api/admin/projects", call -> parts.overviews.projects())
                .on("GET", "/api/admin/environments", call -> parts.overviews.environments())
                .on("POST", "/api/admin/features-batch/export", export::export)
                .on("GET", "/api/admin/client-metrics/features/{flag}", parts.metrics::ofFlag)
                .on("GET", "/api/admin/addons", parts.addons::list)
                .on("POST", "/api/admin/addons", parts.addons::post)
                .on("GET", "/api/admin/addons/{id}", parts.addons::get)
                .on("PUT", "/api/admin/addons/{id}", parts.addons::put)
                .on("DELETE", "/api/admin/addons/{id}", parts.addons::delete)
                .on("GET", "/api/admin/addons/{id}/events", parts.deliveries::list)
                .on("GET", "/api/admin/events/{flag}", parts.events::ofFlag)
                .on("GET", "/api/admin/api-tokens", parts.tokens::list)
                .on("POST", "/api/admin/api-tokens", parts.tokens::post)
                .on("GET", "/api/admin/api-tokens/{name}", parts.tokens::byName)
                .on("PUT", "/api/admin/api-tokens/{name}", parts.tokens::put)
                .on("DELETE", "/api/admin/api-tokens/{name}", parts.tokens::delete)
                .on("POST", "/api/admin/segments", parts.definitions::addSegment)
                .on("POST", "/api/admin/tags", parts.definitions::addTag)
                .on("GET", "/api/admin/tag-types", parts.definitions::tagTypes)
                .on("POST", "/api/admin/tag-types", parts.definitions::addTagType);
        UnleashImport imports = new UnleashImport(parts.flags, parts.strategies);
        admin.on(
                "POST",
                "/api/admin/features-batch/import",
                call -> imports.run(call, UnleashAccess.isSomebody(call.request())));
        UnleashClient reader = new UnleashClient(parts.flags, parts.events);
        client.on("POST", "/api/client/metrics", parts.metrics::post)
                .on("GET", "/api/client/features", reader::features);
    }

    /** One at a time. */
    TwinResponse answer(TwinRequest request) {
        if (parts.deliveries.crashed()) {
            throw new Crashed();
        }
        TwinResponse response = tagged(request, carryOut(request));
        if (parts.deliveries.crashed()) {
            throw new Crashed();
        }
        return response;
    }

    private TwinResponse carryOut(TwinRequest request) {
        if (request.path().equals("/health")) {
            return TwinResponse.json(200, Json.object().put("health", "GOOD"));
        }
        try {
            boolean ofClients = request.path().startsWith("/api/client/");
            access.require(request, ofClients);
            return (ofClients ? client : admin)
                    .answer(request)
                    .orElseThrow(() -> UnleashErrors.noSuchPath(request.path()));
        } catch (Refused refused) {
            return refused.response();
        } catch (JacksonException e) {
            return UnleashErrors.malformed().response();
        }
    }

    /** Every body has a tag, and who has it already is told so (recording: get-if-none-match-304). */
    private static TwinResponse tagged(TwinRequest request, TwinResponse response) {
        if (response.body().isEmpty()) {
            return response;
        }
        String tag = response.headers().getOrDefault("ETag", weakTag(response.body()));
        boolean known = request.method().equals("GET") && tag.equals(request.header("if-none-match"));
        return known ? new TwinResponse(304, Map.of("ETag", tag), "") : response.with("ETag", tag);
    }

    private static String weakTag(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try {
            String hash = Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(bytes));
            return "W/\"%x-%s\"".formatted(bytes.length, hash.substring(0, 27));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
