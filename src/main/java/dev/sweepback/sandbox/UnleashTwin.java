package dev.sweepback.sandbox;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Unleash 7.5.1 as recorded, with the projects {@code default} and whatever is added, and the environments {@code
 * development} and {@code production}. Safe for use from several threads.
 */
public final class UnleashTwin implements Twin {

    private final Object lock = new Object();
    private final UnleashParts parts;
    private final TwinServer server;

    UnleashTwin(Clock clock, int port) {
        parts = new UnleashParts(clock);
        UnleashRequests requests = new UnleashRequests(parts);
        server = new TwinServer(port, request -> {
            synchronized (lock) {
                return requests.answer(request);
            }
        });
        server.start();
        parts.events.serveAt(server.url().toString());
    }

    @Override
    public URI url() {
        return server.url();
    }

    /** An admin token. */
    @Override
    public String token() {
        return UnleashParts.ADMIN;
    }

    /** A token that may read and nothing else: writing is a {@code PermissionError}. */
    public String viewerToken() {
        return UnleashParts.VIEWER;
    }

    /** A token of somebody who may change all but tokens. */
    public String editorToken() {
        return UnleashParts.EDITOR;
    }

    /** A token of somebody who may do all; unlike {@link #token} it belongs to a person. */
    public String administratorToken() {
        return UnleashParts.ADMINISTRATOR;
    }

    /** A token of the wrong kind for everything but what applications do. */
    public String backendToken() {
        return UnleashParts.BACKEND;
    }

    @Override
    public Faults faults() {
        return server.faults();
    }

    @Override
    public Traffic traffic() {
        return server.traffic();
    }

    public void addProject(String id) {
        synchronized (lock) {
            parts.overviews.addProject(id);
        }
    }

    /** Adds a segment and returns the id that strategies name it by. */
    public int addSegment(String name) {
        synchronized (lock) {
            return parts.flags.addSegment(name);
        }
    }

    /** Adds a flag as a person does; {@code tags} are written {@code type:value}. */
    public void addFlag(String project, String name, String type, String description, List<String> tags) {
        synchronized (lock) {
            UnleashFlag flag = parts.flags.create(project, name);
            flag.type = type;
            flag.description = description;
            for (String tag : tags) {
                int colon = tag.indexOf(':');
                flag.tags.add(new UnleashFlag.Tag(tag.substring(0, colon), tag.substring(colon + 1)));
                parts.flags.tagTypes().add(tag.substring(0, colon));
            }
            parts.flags.created(flag);
        }
    }

    /** Adds a strategy in the server's JSON; returns its id. */
    public String addStrategy(String flag, String environment, JsonNode strategy) {
        synchronized (lock) {
            return Json.text(parts.strategies.add(live(flag), environment, strategy), "id", "");
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
                parts.strategies.on(live(flag), environment);
            } else {
                parts.strategies.off(live(flag), environment);
            }
        }
    }

    public void setParent(String flag, String parent) {
        synchronized (lock) {
            parts.flags.setParent(live(flag), new UnleashFlag.Parent(parent, true, List.of()));
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
            parts.flags.tagTypes().add(tag.substring(0, colon));
            live(flag).tags.add(new UnleashFlag.Tag(tag.substring(0, colon), tag.substring(colon + 1)));
        }
    }

    /** An application evaluates the flag, archived or not, and reports it. */
    public void evaluate(String flag, String application, String environment) {
        synchronized (lock) {
            parts.metrics.evaluated(flag, application, environment, 1, 0);
        }
    }

    public void archive(String project, String flag) {
        synchronized (lock) {
            parts.flags.archiveOne(project, flag);
        }
    }

    public void revive(String flag) {
        synchronized (lock) {
            parts.flags.reviveOne(flag);
        }
    }

    /** Removes a flag for good, as a person does who archives and then deletes it. */
    public void removeForGood(String project, String flag) {
        synchronized (lock) {
            parts.flags.archiveOne(project, flag);
            parts.flags.find(flag).ifPresent(parts.flags::removeForGood);
        }
    }

    /** Adds an integration in the server's JSON; returns its id. */
    public int addAddon(JsonNode addon) {
        synchronized (lock) {
            return Json.number(parts.addons.add(addon), "id", 0);
        }
    }

    /** Changes an integration, as a person does. */
    public void changeAddon(int id, ObjectNode change) {
        synchronized (lock) {
            parts.addons.change(id, change);
        }
    }

    /** Removes an integration, as a person does. */
    public void removeAddon(int id) {
        synchronized (lock) {
            parts.addons.all().remove(id);
        }
    }

    public void setAddonEnabled(int id, boolean enabled) {
        changeAddon(id, Json.object().put("enabled", enabled));
    }

    /** How many events an integration has received. */
    public long deliveries(int addon) {
        synchronized (lock) {
            return parts.deliveries.count(addon);
        }
    }

    /** Whether an event for an integration that was deleted has ended the process. */
    public boolean crashed() {
        synchronized (lock) {
            return parts.deliveries.crashed();
        }
    }

    /** Starts a server that has crashed again. */
    public void restart() {
        synchronized (lock) {
            parts.deliveries.restart();
        }
    }

    /** Adds an API token in the server's JSON; returns its secret. */
    public String addApiToken(JsonNode token) {
        synchronized (lock) {
            return Json.text(parts.tokens.add(token), "secret", "");
        }
    }

    /** Whether an API token still opens anything. */
    public boolean apiTokenIsLive(String secret) {
        synchronized (lock) {
            return parts.tokens.knows(secret, type -> true);
        }
    }

    /** Whether the flag is there and not archived. */
    public boolean isLive(String flag) {
        synchronized (lock) {
            return parts.flags.find(flag).filter(known -> !known.archived()).isPresent();
        }
    }

    /** Audit events of one type about one flag. */
    public long events(String type, String flag) {
        synchronized (lock) {
            return parts.events.of(flag).stream()
                    .filter(event -> Json.text(event, "type", "").equals(type))
                    .count();
        }
    }

    /** Each {@code flag:NAME} and {@code addon:ID}; what the server writes itself is under {@code bookkeeping}. */
    @Override
    public ObjectNode dump() {
        synchronized (lock) {
            ObjectNode dump = Json.object();
            parts.flags.all().forEach(flag -> dump.set("flag:" + flag.name, parts.views.dump(flag)));
            parts.addons.all().forEach((id, addon) -> dump.set("addon:" + id, parts.addons.dump(addon)));
            return dump;
        }
    }

    @Override
    public void close() {
        server.close();
    }

    private UnleashFlag live(String name) {
        return parts.flags.find(name).orElseThrow(() -> new IllegalArgumentException("no flag " + name));
    }
}
