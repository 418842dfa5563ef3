package dev.sweepback.sandbox;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The addresses below a project's {@code features}, and the archive. */
final class UnleashFeatures {

    private final Clock clock;
    private final UnleashFlags flags;
    private final UnleashViews views;
    private final UnleashEvents events;

    UnleashFeatures(Clock clock, UnleashFlags flags, UnleashViews views, UnleashEvents events) {
        this.clock = clock;
        this.flags = flags;
        this.views = views;
        this.events = events;
    }

    TwinResponse list(Call call) {
        ObjectNode body = Json.object().put("version", 2);
        ArrayNode features = body.putArray("features");
        flags.all().stream()
                .filter(flag -> !flag.archived() && flag.project.equals(call.at("project")))
                .forEach(flag -> features.add(views.listed(flag)));
        return TwinResponse.json(200, body);
    }

    TwinResponse get(Call call) {
        UnleashFlag flag = flags.requireLive(call.at("project"), call.at("flag"));
        boolean variants = call.request().query("variantEnvironments", "").equals("true");
        return TwinResponse.json(200, variants ? views.fullWithVariants(flag) : views.full(flag));
    }

    TwinResponse post(Call call) {
        ObjectNode body = call.body();
        String name = Json.text(body, "name", "");
        if (!name.matches("[a-zA-Z0-9_.~-]+")) {
            throw UnleashErrors.badName(name);
        }
        UnleashFlag flag = flags.create(call.at("project"), name);
        change(flag, body);
        if (body.path("createdAt").isString()) {
            flag.createdAt = Instant.parse(Json.text(body, "createdAt", ""));
        }
        body.path("tags").forEach(tag -> flag.tags.add(tag(tag)));
        flag.archivedAt = Json.flag(body, "archived", false) ? clock.instant() : null;
        flags.created(flag);
        return TwinResponse.json(201, UnleashViews.brief(flag));
    }

    /**
     * Accepts {@code archived} and stamps it, unlike its name says (recording: feature-put-archived). A body without it takes
     * the flag out of the archive, with its environments as they were.
     */
    TwinResponse put(Call call) {
        UnleashFlag flag = flags.require(call.at("project"), call.at("flag"));
        ObjectNode body = call.body();
        change(flag, body);
        flag.archivedAt = Json.flag(body, "archived", false) ? clock.instant() : null;
        return TwinResponse.json(200, UnleashViews.brief(flag));
    }

    TwinResponse patch(Call call) {
        UnleashFlag flag = flags.require(call.at("project"), call.at("flag"));
        ObjectNode change = Json.object();
        for (JsonNode operation : Json.parse(call.request().body())) {
            change.set(
                    Json.text(operation, "path", "").replaceFirst("^/", ""),
                    operation.path("value").deepCopy());
        }
        change(flag, change);
        if (flag.archived()) {
            flag.archivedAt = clock.instant();
        }
        return TwinResponse.json(200, UnleashViews.brief(flag));
    }

    static void change(UnleashFlag flag, JsonNode change) {
        flag.type = Json.text(change, "type", flag.type);
        if (change.has("description")) {
            flag.description = change.path("description").isString() ? Json.text(change, "description", "") : null;
        }
        flag.stale = Json.flag(change, "stale", flag.stale);
        flag.impressionData = Json.flag(change, "impressionData", flag.impressionData);
    }

    TwinResponse archive(Call call) {
        flags.archiveOne(call.at("project"), call.at("flag"));
        return TwinResponse.empty(202);
    }

    TwinResponse archiveMany(Call call) {
        flags.archiveMany(call.at("project"), names(call));
        return TwinResponse.empty(202);
    }

    TwinResponse validateArchive(Call call) {
        List<String> names = names(call);
        ObjectNode body = Json.object();
        body.set("parentsWithChildFeatures", Json.array(flags.parentsWithChildrenOutside(names)));
        boolean lost = names.stream()
                .flatMap(name -> flags.find(name).stream())
                .anyMatch(flag -> flag.parent().isPresent());
        return TwinResponse.json(200, body.put("hasDeletedDependencies", lost));
    }

    TwinResponse reviveMany(Call call) {
        flags.reviveMany(call.at("project"), names(call));
        return TwinResponse.empty(200);
    }

    TwinResponse revive(Call call) {
        flags.reviveOne(call.at("flag"));
        return TwinResponse.empty(200);
    }

    TwinResponse removeForGood(Call call) {
        removeForGood(flags.find(call.at("flag")).orElseThrow(UnleashErrors::noFlagFound));
        return TwinResponse.empty(200);
    }

    TwinResponse removeManyForGood(Call call) {
        names(call).forEach(name -> flags.find(name).ifPresent(this::removeForGood));
        return TwinResponse.empty(200);
    }

    /** Its lifecycle is recorded a second after it was archived, which ends the process when there is no such flag then. */
    private void removeForGood(UnleashFlag flag) {
        flags.removeForGood(flag);
        if (flag.archived() && !views.archivalIsRecorded(flag)) {
            throw new Crashed();
        }
    }

    TwinResponse stale(Call call) {
        boolean stale = Json.flag(call.body(), "stale", true);
        names(call).forEach(name -> flags.find(name).ifPresent(flag -> flag.stale = stale));
        return TwinResponse.empty(202);
    }

    TwinResponse lifecycle(Call call) {
        UnleashFlag flag = flags.require(call.at("project"), call.at("flag"));
        ArrayNode stages = Json.array();
        if (!flag.stage.equals("initial")) {
            stages.addObject().put("stage", "initial").put("enteredStageAt", UnleashViews.time(flag.createdAt));
        }
        if (!flag.archived() || views.archivalIsRecorded(flag)) {
            stages.add(UnleashViews.lifecycle(flag));
        }
        return TwinResponse.json(200, stages);
    }

    TwinResponse complete(Call call) {
        UnleashFlag flag = flags.require(call.at("project"), call.at("flag"));
        flag.enter("completed", clock.instant());
        flag.verdict = Json.text(call.body(), "status", "kept");
        return TwinResponse.empty(200);
    }

    TwinResponse uncomplete(Call call) {
        UnleashFlag flag = flags.require(call.at("project"), call.at("flag"));
        if (flag.stage.equals("completed")) {
            flag.enter("initial", flag.createdAt);
        }
        return TwinResponse.empty(200);
    }

    /** A token that belongs to nobody has no favorites (recordings: favorite-add-pat, favorite-add-with-admin-token). */
    TwinResponse addFavorite(Call call) {
        flags.require(call.at("project"), call.at("flag"));
        if (!UnleashAccess.isSomebody(call.request())) {
            throw UnleashErrors.broken(
                    "insert into \"favorite_features\" (\"feature\", \"user_id\") values ($1, DEFAULT) on conflict (\"user_id\", \"feature\") do update set \"feature\" = excluded.\"feature\", \"user_id\" = excluded.\"user_id\" returning * - null value in column \"user_id\" of relation \"favorite_features\" violates not-null constraint");
        }
        return TwinResponse.empty(200);
    }

    /** Only to a flag that lives. */
    TwinResponse addLink(Call call) {
        UnleashFlag flag = flags.requireLive(call.at("project"), call.at("flag"));
        ObjectNode body = call.body();
        flag.addLink(Json.text(body, "url", ""), body.path("title").isString() ? Json.text(body, "title", "") : null);
        return TwinResponse.empty(204);
    }

    TwinResponse tags(Call call) {
        ObjectNode body = Json.object().put("version", 1);
        ArrayNode tags = body.putArray("tags");
        flags.find(call.at("flag"))
                .ifPresent(flag -> UnleashViews.tags(flag, tag -> true).forEach(tags::add));
        return TwinResponse.json(200, body);
    }

    TwinResponse addTag(Call call) {
        UnleashFlag flag = flags.find(call.at("flag")).orElseThrow(UnleashErrors::noFlagFound);
        UnleashFlag.Tag tag = tag(call.body());
        flags.requireTagType(tag.type());
        if (!flag.tags.contains(tag)) {
            flag.tags.add(tag);
        }
        events.add("feature-tagged", flag, null, UnleashEvents.transaction());
        return TwinResponse.json(201, Json.object().put("type", tag.type()).put("value", tag.value()))
                .with("Location", flag.name + "/tags");
    }

    TwinResponse removeTag(Call call) {
        flags.find(call.at("flag"))
                .ifPresent(flag -> flag.tags.remove(new UnleashFlag.Tag(call.at("type"), call.at("value"))));
        return TwinResponse.empty(200);
    }

    TwinResponse addDependency(Call call) {
        UnleashFlag flag = flags.requireLive(call.at("project"), call.at("flag"));
        ObjectNode body = call.body();
        flags.setParent(
                flag,
                new UnleashFlag.Parent(
                        Json.text(body, "feature", ""),
                        Json.flag(body, "enabled", true),
                        Json.strings(body.path("variants"))));
        return TwinResponse.empty(200);
    }

    TwinResponse removeDependency(Call call) {
        UnleashFlag flag = flags.requireLive(call.at("project"), call.at("flag"));
        Optional<String> parent = flag.parent().map(UnleashFlag.Parent::feature);
        if (parent.equals(Optional.of(call.at("parent")))) {
            flags.removeParent(flag);
        }
        return TwinResponse.empty(200);
    }

    TwinResponse removeDependencies(Call call) {
        flags.removeParent(flags.requireLive(call.at("project"), call.at("flag")));
        return TwinResponse.empty(200);
    }

    private static UnleashFlag.Tag tag(JsonNode tag) {
        return new UnleashFlag.Tag(Json.text(tag, "type", "simple"), Json.text(tag, "value", ""));
    }

    private static List<String> names(Call call) {
        JsonNode names = call.body().path("features");
        if (!names.isArray()) {
            throw UnleashErrors.badData(
                    "The `/body/features` property must be array. You sent %s.".formatted(names), "/body/features");
        }
        return Json.strings(names);
    }
}
