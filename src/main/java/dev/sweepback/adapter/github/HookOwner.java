package dev.sweepback.adapter.github;

import dev.sweepback.adapter.http.Request;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** What the hooks of a connection belong to: one repository or one organization. */
sealed interface HookOwner {

    String REPOSITORY = "repository";
    String ORGANIZATION = "organization";

    /** What the two keys tell, of which a connection has exactly one. */
    String KEYS = "whose hooks are meant";

    /** What it is, as GitHub calls it. */
    String noun();

    /** The rights that a token needs for its hooks, in words. */
    String permission();

    /** The path of its hooks: a template, and what is put into it. */
    String template();

    List<String> names();

    /** @param below what follows the path of the hooks, a template */
    default Request request(String method, String below, String... values) {
        List<String> all = new ArrayList<>(names());
        Collections.addAll(all, values);
        return Request.of(method, template() + below, all.toArray());
    }

    /** @throws ConnectorException unless the connection names exactly one, in the right form */
    static HookOwner of(Connection connection) {
        Optional<String> repository = connection.option(REPOSITORY);
        Optional<String> organization = connection.option(ORGANIZATION);
        if (repository.isPresent() == organization.isPresent()) {
            throw refused(
                    connection,
                    repository.isPresent()
                            ? "it names both a repository and an organization"
                            : "it names neither a repository nor an organization",
                    "give it one of the two keys: repository: owner/name, or organization: name");
        }
        if (organization.isPresent()) {
            return new Organization(one(connection, organization.get()));
        }
        List<String> parts = List.of(repository.orElseThrow().split("/", -1));
        if (parts.size() != 2 || parts.stream().anyMatch(String::isBlank)) {
            throw refused(connection, "its repository is not of the form owner/name", "write it as owner/name");
        }
        return new Repository(parts.get(0), parts.get(1));
    }

    private static String one(Connection connection, String organization) {
        if (organization.isBlank() || organization.contains("/")) {
            throw refused(
                    connection,
                    "its organization is not the name of one",
                    "write the name alone, as in https://github.com/NAME");
        }
        return organization;
    }

    private static ConnectorException refused(Connection connection, String what, String remedy) {
        return new ConnectorException(Kind.REJECTED, connection.name(), what, remedy);
    }

    record Repository(String account, String name) implements HookOwner {

        @Override
        public String noun() {
            return REPOSITORY;
        }

        @Override
        public String permission() {
            return "repository permission 'Webhooks: read and write', or scope admin:repo_hook for a classic token";
        }

        @Override
        public String template() {
            return "/repos/{}/{}/hooks";
        }

        @Override
        public List<String> names() {
            return List.of(account, name);
        }
    }

    record Organization(String name) implements HookOwner {

        @Override
        public String noun() {
            return ORGANIZATION;
        }

        @Override
        public String permission() {
            return "organization permission 'Webhooks: read and write', or scope admin:org_hook for a classic token of"
                    + " an owner";
        }

        @Override
        public String template() {
            return "/orgs/{}/hooks";
        }

        @Override
        public List<String> names() {
            return List.of(name);
        }
    }
}
