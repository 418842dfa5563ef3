package dev.sweepback.adapter.unleash;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.SecretRef;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Flags in a real Unleash, as people make them. Each has a name that no other test uses. */
public final class RealFlags {

    private static final int ITSELF = -1337;
    private static final int LOOKS = 200;
    private static final String PROJECT = "/api/admin/projects/default/";

    private final RealUnleash unleash;
    private final String prefix = "t" + UUID.randomUUID().toString().substring(0, 8) + "-";

    public RealFlags(RealUnleash unleash) {
        this.unleash = unleash;
    }

    /** What all flags made by this begin with. */
    public String prefix() {
        return prefix;
    }

    public Connection connection(String project, Connection.Timeouts timeouts) {
        return new Connection(
                "unleash",
                "unleash",
                "test",
                unleash.url(),
                Map.of("project", project),
                Map.of("token", new SecretRef.Environment("UNLEASH_TOKEN")),
                2,
                timeouts);
    }

    /** @return the flag's whole name */
    public String add(String name) {
        String flag = prefix + name;
        unleash.post(
                PROJECT + "features",
                "{'name':'" + flag + "','type':'release','description':'made by a test',"
                        + "'createdAt':'2026-01-02T03:04:05.678Z'}");
        return flag;
    }

    /** A flag that uses all that Unleash offers: on in two environments, a parent, tags, links, all kinds of variants. */
    public String addRich(String name, String parent) {
        String flag = add(name);
        call("PUT", flag, "", "{'type':'operational','description':'rich, ö','impressionData':true}");
        int segment = unleash.post(
                        "/api/admin/segments",
                        "{'name':'" + flag
                                + "','constraints':[{'contextName':'userId','operator':'IN','values':['1','2']}]}")
                .path("id")
                .asInt();
        for (String environment : List.of("development", "production")) {
            String strategies = "/environments/" + environment + "/strategies";
            call("POST", flag, strategies, gradual(flag, segment));
            call("POST", flag, strategies, "{'name':'remoteAddress','disabled':true,'parameters':{'IPs':'10.0.0.1'}}");
            call(
                    "PUT",
                    flag,
                    "/environments/" + environment + "/variants",
                    VARIANTS.replace("green", "green-" + environment));
        }
        tag(flag, "simple", "temporary");
        tag(flag, "simple", "twice:coloned");
        call("POST", flag, "/link", "{'url':'https://example.org/t/1','title':'ticket'}");
        call("POST", flag, "/link", "{'url':'https://example.org/t/2'}");
        setParent(flag, parent);
        switchOn(flag, "development");
        switchOn(flag, "production");
        return flag;
    }

    private static String gradual(String flag, int segment) {
        return """
                {'name':'flexibleRollout','title':'gradual','sortOrder':1,
                 'parameters':{'rollout':'25','stickiness':'default','groupId':'%s'},
                 'constraints':[
                   {'contextName':'appName','operator':'IN','values':['web','api'],'inverted':true},
                   {'contextName':'currentTime','operator':'DATE_AFTER','value':'2026-01-01T00:00:00.000Z'}],
                 'segments':[%d],
                 'variants':[
                   {'name':'a','weight':500,'weightType':'fix','stickiness':'default','payload':{'type':'string','value':'x'}},
                   {'name':'b','weight':500,'weightType':'variable','stickiness':'default'}]}
                """.formatted(flag, segment);
    }

    private static final String VARIANTS = """
            [{'name':'blue','weight':300,'weightType':'fix','stickiness':'userId','payload':{'type':'string','value':'x'},
              'overrides':[{'contextName':'userId','values':['7']}]},
             {'name':'green','weight':700,'weightType':'variable','stickiness':'userId','overrides':[]}]
            """;

    public void tag(String flag, String type, String value) {
        unleash.post("/api/admin/features/" + flag + "/tags", "{'type':'" + type + "','value':'" + value + "'}");
    }

    public void setParent(String flag, String parent) {
        call("POST", flag, "/dependencies", "{'feature':'" + parent + "','enabled':true}");
    }

    public void switchOn(String flag, String environment) {
        call("POST", flag, "/environments/" + environment + "/on", "");
    }

    public void describe(String flag, String description) {
        call("PATCH", flag, "", "[{'op':'replace','path':'/description','value':'" + description + "'}]");
    }

    public void revive(String flag) {
        unleash.post(PROJECT + "revive", "{'features':['" + flag + "']}");
    }

    /**
     * Out of the archive, for good. The server records about a second after archiving that the flag's life has ended, and ends
     * itself if the flag is gone by then.
     */
    public void delete(String flag) throws InterruptedException {
        int looks = 0;
        while (!isRecordedAsArchived(flag)) {
            if (++looks > LOOKS) {
                throw new IllegalStateException("the server does not record that " + flag + " is archived");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        unleash.call("DELETE", "/api/admin/archive/" + flag, "");
    }

    /** Among all stages: those of a flag that was created a moment ago are written in no certain order. */
    private boolean isRecordedAsArchived(String flag) {
        return call("GET", flag, "/lifecycle", "")
                .valueStream()
                .anyMatch(stage -> stage.path("stage").asString("").equals("archived"));
    }

    public JsonNode call(String method, String flag, String path, String json) {
        return unleash.call(method, PROJECT + "features/" + flag + path, json);
    }

    /** What the server recorded of the flag. */
    public long events(String type, String flag) {
        JsonNode found = unleash.get("/api/admin/search/events?limit=1000&feature=IS%3A" + flag);
        return found.path("events")
                .valueStream()
                .filter(event -> event.path("type").asString("").equals(type))
                .count();
    }

    /** How much the server recorded altogether; not what it does by itself, to call an old flag stale for example. */
    public long events() {
        return unleash.count("SELECT count(*) FROM events WHERE created_by_user_id <> " + ITSELF);
    }

    /** The entry of an archived flag in the search. */
    public ObjectNode archived(String flag) {
        return (ObjectNode)
                unleash.get("/api/admin/search/features?project=IS%3Adefault&archived=IS%3Atrue&query=" + flag)
                        .path("features")
                        .path(0);
    }

    public boolean isLive(String flag) {
        return listed().stream()
                .anyMatch(feature -> feature.path("name").asString("").equals(flag));
    }

    /** The live flags that were made by this, with all that the server tells of them. */
    public List<JsonNode> listed() {
        return unleash.get(PROJECT + "features")
                .path("features")
                .valueStream()
                .filter(feature -> feature.path("name").asString("").startsWith(prefix))
                .toList();
    }

    /** All that the server tells of the flags that were made by this, by name. */
    public ObjectNode dump() {
        ObjectNode dump = JsonMapper.shared().createObjectNode();
        for (JsonNode feature : listed()) {
            String flag = feature.path("name").asString();
            ObjectNode whole = (ObjectNode) call("GET", flag, "?variantEnvironments=true", "");
            // a mixture of those of all environments, in no certain order
            whole.remove("variants");
            whole.set("tags", tags(flag));
            dump.set(flag, withoutBookkeeping(whole));
        }
        JsonNode archived = unleash.get(
                "/api/admin/search/features?project=IS%3Adefault&archived=IS%3Atrue&limit=100&query=" + prefix);
        for (JsonNode feature : archived.path("features")) {
            dump.set(feature.path("name").asString(), withoutBookkeeping((ObjectNode) feature));
        }
        return dump;
    }

    /** Given in no certain order. */
    private JsonNode tags(String flag) {
        return JsonMapper.shared()
                .valueToTree(unleash.get("/api/admin/features/" + flag + "/tags")
                        .path("tags")
                        .valueStream()
                        .sorted(Comparator.comparing(JsonNode::toString))
                        .toList());
    }

    /** Written by the server itself, some of it late, and not to be brought back. */
    private static ObjectNode withoutBookkeeping(ObjectNode feature) {
        feature.remove(List.of("lifecycle", "lastSeenAt", "collaborators"));
        if (feature.has("children")) {
            // a set that the server gives in no certain order
            List<String> children = feature.path("children")
                    .valueStream()
                    .map(JsonNode::asString)
                    .sorted()
                    .toList();
            feature.set("children", JsonMapper.shared().valueToTree(children));
        }
        return feature;
    }
}
