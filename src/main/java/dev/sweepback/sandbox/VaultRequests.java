package dev.sweepback.sandbox;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** Vault's addresses, and who may use them. */
final class VaultRequests {

    private final VaultEngines engines;
    private final Routes routes = new Routes();

    VaultRequests(VaultEngines engines) {
        this.engines = engines;
        routeTokens();
        routeLeases();
        routeSecrets();
    }

    private void routeTokens() {
        String token = "/v1/auth/token";
        routes.on("LIST", token + "/accessors", engines.tokens::list)
                .on("GET", token + "/lookup-self", engines.tokens::lookupSelf)
                .on("POST", token + "/lookup", engines.tokens::lookup)
                .on("POST", token + "/lookup-accessor", engines.tokens::lookupAccessor)
                .on("POST", token + "/revoke-accessor", engines.tokens::revokeAccessor)
                .on("POST", token + "/revoke-self", engines.tokens::revokeSelf)
                .on("POST", token + "/revoke", engines.tokens::revoke)
                .on("POST", token + "/revoke-orphan", engines.tokens::revokeOrphan)
                .on("POST", token + "/renew-self", engines.tokens::renewSelf)
                .on("POST", token + "/create", engines.tokens::create)
                .on("POST", token + "/create/{role}", engines.tokens::createThroughRole)
                .on("POST", "/v1/sys/wrapping/wrap", engines.wrapping::wrap)
                .on("POST", "/v1/sys/wrapping/lookup", engines.wrapping::lookup)
                .on("POST", "/v1/sys/wrapping/unwrap", engines.wrapping::unwrap)
                .on(
                        "POST",
                        "/v1/sys/capabilities-self",
                        call -> engines.policies.capabilities(engines.tokens.caller(call.request()), call.body()));
        engines.appRole.route(routes);
        routes.on("POST", "/v1/auth/userpass/login/{user}", engines.userpass::login)
                .on("POST", "/v1/sys/policies/acl/{name}", engines.policies::write);
    }

    private void routeLeases() {
        String path = "/v1/sys/leases";
        routes.on("LIST", path + "/lookup/{prefix...}", engines.leases::list)
                .on("POST", path + "/lookup", engines.leases::lookup)
                .on("POST", path + "/renew", engines.leases::renew)
                .on("POST", path + "/revoke", engines.leases::revoke)
                .on("POST", path + "/revoke-prefix/{prefix...}", engines.leases::revokePrefix)
                .on("POST", path + "/revoke-force/{prefix...}", engines.leases::revokeForce)
                .on("GET", "/v1/database/creds/{role}", engines.database::issue);
    }

    private void routeSecrets() {
        routes.on("GET", "/v1/sys/internal/ui/mounts/{path...}", engines.system::mount)
                .on("GET", "/v1/secret/data/{path...}", engines.kv::read)
                .on("POST", "/v1/secret/data/{path...}", engines.kv::write)
                .on("DELETE", "/v1/secret/data/{path...}", engines.kv::deleteLatest)
                .on("POST", "/v1/secret/delete/{path...}", engines.kv::delete)
                .on("POST", "/v1/secret/undelete/{path...}", engines.kv::undelete)
                .on("POST", "/v1/secret/destroy/{path...}", engines.kv::destroy)
                .on("GET", "/v1/secret/metadata/{path...}", engines.kv::metadata)
                .on("POST", "/v1/secret/metadata/{path...}", engines.kv::configure)
                .on("DELETE", "/v1/secret/metadata/{path...}", engines.kv::forget)
                .on("LIST", "/v1/secret/metadata/{path...}", engines.kv::list)
                .on("GET", "/v1/secret/{path...}", call -> wrongPath("get"))
                .on("POST", "/v1/secret/{path...}", call -> wrongPath("put"))
                .on("DELETE", "/v1/secret/{path...}", call -> wrongPath("delete"))
                .on("LIST", "/v1/secret/{path...}", call -> wrongPath("list"))
                .on("GET", "/v1/kv1/{path...}", engines.kvV1::read)
                .on("POST", "/v1/kv1/{path...}", engines.kvV1::write)
                .on("DELETE", "/v1/kv1/{path...}", engines.kvV1::delete)
                .on("LIST", "/v1/kv1/{path...}", engines.kvV1::list);
    }

    /** One at a time. */
    TwinResponse answer(TwinRequest sent) {
        try {
            engines.store.expire();
            TwinRequest request = normalised(sent);
            return engines.wrapping.wrapIfAsked(request, carryOut(request));
        } catch (Refused refused) {
            return refused.response();
        } catch (JacksonException e) {
            return VaultAnswers.error(400, "error parsing JSON").response();
        }
    }

    /** PUT is POST, and a GET with {@code list=true} is a LIST. */
    private static TwinRequest normalised(TwinRequest sent) {
        String method = sent.method();
        if (method.equals("PUT")) {
            method = "POST";
        } else if (method.equals("GET") && sent.query("list", "").equals("true")) {
            method = "LIST";
        }
        return new TwinRequest(method, sent.path(), sent.query(), sent.headers(), sent.body());
    }

    private TwinResponse carryOut(TwinRequest request) {
        if (request.path().equals("/v1/sys/health")) {
            return engines.system.health();
        }
        if (request.path().equals("/v1/sys/seal-status")) {
            return engines.system.sealStatus();
        }
        engines.system.requireServing();
        String path = request.path().replaceFirst("^/v1/", "");
        boolean login = path.equals("auth/approle/login") || path.startsWith("auth/userpass/login/");
        if (login || path.startsWith("sys/wrapping/")) {
            return route(request, path);
        }
        VaultToken caller = authorize(request, path);
        TwinResponse response = route(request, path);
        countUse(caller);
        return response;
    }

    private TwinResponse route(TwinRequest request, String path) {
        if (request.method().equals("POST") && path.endsWith("/")) {
            throw VaultAnswers.error(400, "cannot write to a path ending in '/'");
        }
        return routes.answer(request).orElseThrow(() -> VaultAnswers.error(404, "no handler for route '" + path + "'"));
    }

    /** The last use ends the token, and what it issued with it. */
    private void countUse(VaultToken caller) {
        if (caller.uses > 0) {
            caller.uses--;
            if (caller.uses == 0) {
                engines.store.revoke(caller);
            }
        }
    }

    private VaultToken authorize(TwinRequest request, String path) {
        if (request.header("x-vault-token").isEmpty()) {
            throw VaultAnswers.error(400, "missing client token");
        }
        VaultToken caller = engines.tokens.caller(request);
        if (engines.policies.denies(caller, path, request)) {
            throw VaultAnswers.denied();
        }
        if (caller.policies.contains("response-wrapping")) {
            throw VaultAnswers.denied();
        }
        return caller;
    }

    private static TwinResponse wrongPath(String command) {
        ObjectNode envelope = VaultAnswers.envelope();
        envelope.putArray("warnings")
                .add("Invalid path for a versioned K/V secrets engine. See the API docs for the appropriate API"
                        + " endpoints to use. If using the Vault CLI, use 'vault kv " + command
                        + "' for this operation.");
        return VaultAnswers.plain(404, envelope);
    }
}
