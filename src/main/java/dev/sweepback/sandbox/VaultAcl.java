package dev.sweepback.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** A Vault policy in the server's own language, as far as such policies go here: paths, parameters, wrapping. */
final class VaultAcl {

    private static final Pattern RULE = Pattern.compile("path\\s+\"([^\"]+)\"\\s*\\{((?:[^{}]|\\{[^{}]*\\})*)\\}");
    private static final Pattern LIST = Pattern.compile("\"?([a-z_]+)\"?\\s*=\\s*\\[([^\\]]*)\\]");
    private static final Pattern PARAMETERS = Pattern.compile("allowed_parameters\\s*=\\s*\\{([^{}]*)\\}");
    private static final Pattern TEXT = Pattern.compile("\"([^\"]*)\"");

    /**
     * What a policy says about a path.
     *
     * @param parameters the values that each may have, none for any; empty where nothing is said
     */
    record Rule(
            String path,
            List<String> capabilities,
            Map<String, List<String>> parameters,
            Duration minWrapping,
            Duration maxWrapping) {

        boolean matches(String asked) {
            String[] expected = path.replaceFirst("\\*$", "").split("/", -1);
            String[] found = asked.split("/", -1);
            boolean open = path.endsWith("*");
            if (open ? found.length < expected.length : found.length != expected.length) {
                return false;
            }
            for (int i = 0; i < expected.length; i++) {
                boolean last = open && i == expected.length - 1;
                boolean same = last ? found[i].startsWith(expected[i]) : found[i].equals(expected[i]);
                if (!same && !expected[i].equals("+")) {
                    return false;
                }
            }
            return true;
        }

        /** As the vendor describes it: the later the first wildcard, the stronger. */
        private int strength() {
            int star = path.endsWith("*") ? path.length() - 1 : path.length();
            int plus = path.indexOf('+');
            return plus < 0 ? star * 2 + (path.endsWith("*") ? 0 : 1) : Math.min(plus, star) * 2;
        }

        boolean allowsAnything() {
            return !capabilities.isEmpty() && !capabilities.contains("deny");
        }

        boolean allows(String capability, boolean sudo, TwinRequest request) {
            boolean capable = capability.equals("update")
                    ? capabilities.contains("update") || capabilities.contains("create")
                    : capabilities.contains(capability);
            return capable
                    && (!sudo || capabilities.contains("sudo"))
                    && wrapped(VaultAnswers.duration(request.header("x-vault-wrap-ttl"), Duration.ZERO))
                    && (parameters.isEmpty() || named(Json.parseObject(request.body())));
        }

        private boolean wrapped(Duration ttl) {
            return minWrapping.isZero() || (ttl.compareTo(minWrapping) >= 0 && ttl.compareTo(maxWrapping) <= 0);
        }

        private boolean named(JsonNode body) {
            for (Map.Entry<String, JsonNode> given : body.properties()) {
                List<String> allowed = parameters.get(given.getKey());
                if (allowed == null
                        || !(allowed.isEmpty()
                                || globs(allowed, given.getValue().asString("")))) {
                    return false;
                }
            }
            return true;
        }

        private static boolean globs(List<String> allowed, String value) {
            return allowed.stream()
                    .anyMatch(glob -> glob.endsWith("*")
                            ? value.startsWith(glob.substring(0, glob.length() - 1))
                            : value.equals(glob));
        }
    }

    private final List<Rule> rules;

    private VaultAcl(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    static VaultAcl parse(String policy) {
        List<Rule> rules = new ArrayList<>();
        Matcher found = RULE.matcher(policy.replaceAll("(?m)#.*$", ""));
        while (found.find()) {
            rules.add(rule(found.group(1), found.group(2)));
        }
        return new VaultAcl(rules);
    }

    private static Rule rule(String path, String body) {
        Matcher parameters = PARAMETERS.matcher(body);
        Map<String, List<String>> allowed = parameters.find() ? lists(parameters.group(1)) : Map.of();
        List<String> capabilities =
                lists(PARAMETERS.matcher(body).replaceAll("")).getOrDefault("capabilities", List.of());
        return new Rule(path, capabilities, allowed, wrapping(body, "min"), wrapping(body, "max"));
    }

    private static Map<String, List<String>> lists(String text) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        Matcher list = LIST.matcher(text);
        while (list.find()) {
            lists.put(
                    list.group(1),
                    TEXT.matcher(list.group(2))
                            .results()
                            .map(value -> value.group(1))
                            .toList());
        }
        return lists;
    }

    private static Duration wrapping(String body, String which) {
        Matcher ttl =
                Pattern.compile(which + "_wrapping_ttl\\s*=\\s*\"([^\"]+)\"").matcher(body);
        return ttl.find() ? VaultAnswers.duration(ttl.group(1), Duration.ZERO) : Duration.ZERO;
    }

    /**
     * Whether anything at all is allowed in a mount, which is what the server asks before it names one ({@code hasMountAccess} in
     * its source): by a rule for the mount itself, such as {@code *}, or by one for something in it.
     */
    boolean reaches(String mount) {
        String folder = mount + "/";
        return rule(folder).filter(Rule::allowsAnything).isPresent()
                || rules.stream()
                        .filter(Rule::allowsAnything)
                        .anyMatch(rule ->
                                rule.path().startsWith(folder) || rule.path().startsWith("+/"));
    }

    /** The rule that counts for a path: the strongest that matches it; where a folder has none, that of its name. */
    Optional<Rule> rule(String path) {
        Optional<Rule> strongest =
                rules.stream().filter(rule -> rule.matches(path)).max(Comparator.comparingInt(Rule::strength));
        return strongest.isPresent() || !path.endsWith("/")
                ? strongest
                : rules.stream()
                        .filter(rule -> rule.path().equals(path.substring(0, path.length() - 1)))
                        .findFirst();
    }
}
