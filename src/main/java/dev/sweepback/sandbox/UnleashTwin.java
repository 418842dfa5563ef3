package dev.sweepback.sandbox;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Unleash 7.5.1 as recorded, with the projects {@code default} and whatever is added, and the environments {@code
 * development} and {@code production}. Safe for use from several threads.
 */
public final class UnleashTwin implements AutoCloseable {

    private static final String FLAG = "/api/admin/projects/{project}/features/{flag}";

    private final Object lock = new Object();
    private final Clock clock;
    private final Instant startedAt;
    private final Set<String> projects = new TreeSet<>(Set.of("default"));
    private final UnleashEvents events;
    private final UnleashFlags flags;
    private final UnleashViews views;
    private final UnleashStrategies strategies;
    private final UnleashAddons addons;
    private final UnleashMetrics metrics;
    private final Routes admin;
    private final Routes client;
    private final TwinServer server;

    UnleashTwin(Clock clock, int port) {
        this.clock = clock;
        startedAt = clock.instant();
        events = new UnleashEvents(clock);
        flags = new UnleashFlags(clock, events);
        views = new UnleashViews(flags);
        strategies = new UnleashStrategies(flags, events);
        addons = new UnleashAddons(clock, events);
        metrics = new UnleashMetrics(clock, flags);
        admin = new Routes();
        UnleashFeatures features = new UnleashFeatures(clock, flags, views, events);
        routeFlags(features);
        routeEnvironments();
        routeTheRest();
        client = new Routes().on("POST", "/api/client/metrics", metrics::post);
        server = new TwinServer(port, this::answer);
        server.start();
    }

    private void routeFlags(UnleashFeatures features) {
        String project = "/api/admin/projects/{project}";
        admin.on("GET", project + "/features", features::list)
                .on("POST", project + "/features", features::post)
                .on("GET", FLAG, features::get)
                .on("PUT", FLAG, features::put)
                .on("PATCH", FLAG, features::patch)
                .on("DELETE", FLAG, features::archive)
                .on("GET", FLAG + "/lifecycle", features::lifecycle)
                .on("POST", FLAG + "/link", features::addLink)
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
                .on("GET", "/api/admin/tag-types", features::tagTypes)
                .on("POST", "/api/admin/tag-types", features::addTagType)
                .on("GET", "/api/admin/features/{flag}/tags", features::tags)
                .on("POST", "/api/admin/features/{flag}/tags", features::addTag)
                .on("DELETE", "/api/admin/features/{flag}/tags/{type}/{value}", features::removeTag);
    }

    private void routeEnvironments() {
        String environment = FLAG + "/environments/{environment}";
        String many = "/api/admin/projects/{project}/bulk_features/environments/{environment}";
        admin.on("POST", many + "/on", call -> strategies.switchMany(call, true))
                .on("POST", many + "/off", call -> strategies.switchMany(call, false))
                .on("POST", environment + "/on", strategies::switchOn)
                .on("POST", environment + "/off", strategies::switchOff)
                .on("GET", environment + "/strategies", strategies::list)
                .on("POST", environment + "/strategies", strategies::post)
                .on("PUT", environment + "/strategies/{strategy}", strategies::put)
                .on("PATCH", environment + "/strategies/{strategy}", strategies::patch)
                .on("DELETE", environment + "/strategies/{strategy}", strategies::delete)
                .on("GET", environment + "/variants", strategies::getVariants)
                .on("PUT", environment + "/variants", strategies::putVariants);
    }

    private void routeTheRest() {
        UnleashExport export = new UnleashExport(flags);
        admin.on("GET", "/api/admin/search/features", new UnleashSearch(flags, views)::search)
                .on("GET", "/api/admin/search/events", events::search)
                .on("GET", "/api/admin/projects", call -> projects())
                .on("GET", "/api/admin/environments", call -> environments())
                .on("POST", "/api/admin/features-batch/export", export::export)
                .on("GET", "/api/admin/client-metrics/features/{flag}", metrics::ofFlag)
                .on("GET", "/api/admin/addons", addons::list)
                .on("POST", "/api/admin/addons", addons::post)
                .on("GET", "/api/admin/addons/{id}", addons::get)
                .on("PUT", "/api/admin/addons/{id}", addons::put)
                .on("DELETE", "/api/admin/addons/{id}", addons::delete);
    }

    public URI url() {
        return server.url();
    }

    /** An admin token. */
    public String token() {
        return "*:*.sandbox-admin-token";
    }

    /** A token that may read and nothing else: writing is a {@code PermissionError}. */
    public String viewerToken() {
        return "user:sandbox-viewer-token";
    }

    /** A token of the wrong kind for everything but metrics. */
    public String backendToken() {
        return "default:production.sandbox-backend-token";
    }

    public Faults faults() {
        return server.faults();
    }

    public Traffic traffic() {
        return server.traffic();
    }

    public void addProject(String id) {
        synchronized (lock) {
            projects.add(id);
        }
    }

    /** Adds a segment and returns the id that strategies name it by. */
    public int addSegment(String name) {
        synchronized (lock) {
            return flags.addSegment(name);
        }
    }

    /** Adds a flag as a person does; {@code tags} are written {@code type:value}. */
    public void addFlag(String project, String name, String type, String description, List<String> tags) {
        synchronized (lock) {
            UnleashFlag flag = flags.create(project, name);
            flag.type = type;
            flag.description = description;
            for (String tag : tags) {
                int colon = tag.indexOf(':');
                flag.tags.add(new UnleashFlag.Tag(tag.substring(0, colon), tag.substring(colon + 1)));
                flags.tagTypes().add(tag.substring(0, colon));
            }
        }
    }

    /** Adds a strategy in the server's JSON; returns its id. */
    public String addStrategy(String flag, String environment, JsonNode strategy) {
        synchronized (lock) {
            return Json.text(strategies.add(live(flag), environment, strategy), "id", "");
        }
    }

    public void setVariants(String flag, ArrayNode variants) {
        synchronized (lock) {
            live(flag).environments.values().forEach(environment -> environment.variants = variants.deepCopy());
        }
    }

    /** Adds a link to a ticket or a page. */
    public void addLink(String flag, String url, String title) {
        synchronized (lock) {
            live(flag).addLink(url, title);
        }
    }

    public void setEnabled(String flag, String environment, boolean enabled) {
        synchronized (lock) {
            if (enabled) {
                strategies.on(live(flag), environment);
            } else {
                strategies.off(live(flag), environment);
            }
        }
    }

    public void setParent(String flag, String parent) {
        synchronized (lock) {
            flags.setParent(live(flag), new UnleashFlag.Parent(parent, true, List.of()));
        }
    }

    /** Changes what a PATCH can change, as a person does. */
    public void changeFlag(String name, JsonNode change) {
        synchronized (lock) {
            UnleashFeatures.change(live(name), change);
        }
    }

    /** Adds a tag, written {@code type:value}. */
    public void addTag(String flag, String tag) {
        synchronized (lock) {
            int colon = tag.indexOf(':');
            flags.tagTypes().add(tag.substring(0, colon));
            live(flag).tags.add(new UnleashFlag.Tag(tag.substring(0, colon), tag.substring(colon + 1)));
        }
    }

    /** An application evaluates the flag, archived or not, and reports it. */
    public void evaluate(String flag, String application, String environment) {
        synchronized (lock) {
            metrics.evaluated(flag, application, environment, 1, 0);
        }
    }

    public void archive(String project, String flag) {
        synchronized (lock) {
            flags.archiveOne(project, flag);
        }
    }

    public void revive(String flag) {
        synchronized (lock) {
            flags.reviveOne(flag);
        }
    }

    /** Removes a flag for good, as a person does who archives and then deletes it. */
    public void removeForGood(String project, String flag) {
        synchronized (lock) {
            flags.archiveOne(project, flag);
            flags.find(flag).ifPresent(flags::removeForGood);
        }
    }

    /** Adds an integration in the server's JSON; returns its id. */
    public int addAddon(JsonNode addon) {
        synchronized (lock) {
            return Json.number(addons.add(addon), "id", 0);
        }
    }

    public void setAddonEnabled(int id, boolean enabled) {
        changeAddon(id, Json.object().put("enabled", enabled));
    }

    /** Changes an integration, as a person does. */
    public void changeAddon(int id, ObjectNode change) {
        synchronized (lock) {
            addons.change(id, change);
        }
    }

    /** Whether the flag is there and not archived. */
    public boolean isLive(String flag) {
        synchronized (lock) {
            return flags.find(flag).filter(known -> !known.archived()).isPresent();
        }
    }

    /** Audit events of one type about one flag. */
    public long events(String type, String flag) {
        synchronized (lock) {
            return events.all().stream()
                    .filter(event -> Json.text(event, "type", "").equals(type)
                            && Json.text(event, "featureName", "").equals(flag))
                    .count();
        }
    }

    /** Each {@code flag:NAME} and {@code addon:ID}; what the server writes itself is under {@code bookkeeping}. */
    public ObjectNode dump() {
        synchronized (lock) {
            ObjectNode dump = Json.object();
            flags.all().forEach(flag -> dump.set("flag:" + flag.name, views.dump(flag)));
            addons.all().forEach((id, addon) -> dump.set("addon:" + id, addons.dump(addon)));
            return dump;
        }
    }

    @Override
    public void close() {
        server.close();
    }

    private UnleashFlag live(String name) {
        return flags.find(name).orElseThrow(() -> new IllegalArgumentException("no flag " + name));
    }

    private TwinResponse answer(TwinRequest request) {
        if (request.path().equals("/health")) {
            return TwinResponse.json(200, Json.object().put("health", "GOOD"));
        }
        synchronized (lock) {
            try {
                boolean ofClients = request.path().startsWith("/api/client/");
                authorize(request, ofClients);
                return (ofClients ? client : admin)
                        .answer(request)
                        .orElseThrow(() -> UnleashErrors.noSuchPath(request.path()));
            } catch (Refused refused) {
                return refused.response();
            } catch (JacksonException e) {
                return UnleashErrors.malformed().response();
            }
        }
    }

    private void authorize(TwinRequest request, boolean ofClients) {
        String token = request.header("authorization").replaceFirst("^Bearer ", "");
        if (token.isEmpty()) {
            throw UnleashErrors.noToken();
        }
        if (token.equals(backendToken()) != ofClients && !token.equals(viewerToken()) && known(token)) {
            throw UnleashErrors.wrongKindOfToken();
        }
        if (!known(token)) {
            throw UnleashErrors.badToken();
        }
        if (token.equals(viewerToken()) && !request.method().equals("GET")) {
            throw UnleashErrors.missingPermission(permission(request));
        }
    }

    private boolean known(String token) {
        return token.equals(token()) || token.equals(viewerToken()) || token.equals(backendToken());
    }

    private static String permission(TwinRequest request) {
        boolean removes = request.method().equals("DELETE") || request.path().endsWith("/archive");
        return removes ? "DELETE_FEATURE" : "UPDATE_FEATURE";
    }

    private TwinResponse projects() {
        ObjectNode body = Json.object().put("version", 1);
        ArrayNode list = body.putArray("projects");
        for (String id : projects) {
            long count = flags.all().stream()
                    .filter(flag -> flag.project.equals(id) && !flag.archived())
                    .count();
            ObjectNode project = list.addObject();
            project.put("name", id.equals("default") ? "Default" : id).put("id", id);
            project.put("description", id.equals("default") ? "Default project" : "");
            project.put("health", 100).put("technicalDebt", 0).put("featureCount", count);
            project.put("memberCount", 0).put("createdAt", UnleashViews.time(startedAt));
            project.putNull("archivedAt").put("mode", "open");
            project.put("lastReportedFlagUsage", UnleashViews.time(clock.instant()));
            project.put("lastUpdatedAt", UnleashViews.time(clock.instant()));
            project.putArray("owners").addObject().put("ownerType", "system");
        }
        return TwinResponse.json(200, body);
    }

    private TwinResponse environments() {
        ObjectNode body = Json.object().put("version", 1);
        ArrayNode list = body.putArray("environments");
        for (String name : List.of("development", "production")) {
            long enabled = flags.all().stream()
                    .filter(flag -> !flag.archived() && flag.environment(name).enabled)
                    .count();
            ObjectNode environment = list.addObject();
            environment.put("name", name).put("type", name).put("sortOrder", UnleashViews.sortOrder(name));
            environment.put("enabled", true).put("protected", false).putNull("requiredApprovals");
            environment
                    .put("projectCount", projects.size())
                    .put("apiTokenCount", 1)
                    .put("enabledToggleCount", enabled);
        }
        return TwinResponse.json(200, body);
    }
}
