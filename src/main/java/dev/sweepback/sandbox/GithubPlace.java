package dev.sweepback.sandbox;

/**
 * What hooks belong to, as GitHub names it.
 *
 * @param type as a hook says it: {@code Repository}, {@code Organization}
 * @param path where its hooks are asked for
 * @param numbered where the links to further pages lead: by number, not by name
 */
record GithubPlace(String type, String path, String numbered) {

    static GithubPlace repository(String owner, String name) {
        return new GithubPlace("Repository", "/repos/" + owner + "/" + name, "/repositories/1296269");
    }

    static GithubPlace organization(String name) {
        return new GithubPlace("Organization", "/orgs/" + name, "/organizations/9919");
    }

    boolean isRepository() {
        return type.equals("Repository");
    }
}
