package dev.sweepback.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** A text in which a server may have written times and random ids, and the form that these leave. */
record Fresh(String text) {

    private static final Map<String, Pattern> FORMS = forms();

    private static Map<String, Pattern> forms() {
        Map<String, Pattern> forms = new LinkedHashMap<>();
        forms.put("<millis>", Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"));
        forms.put("<time>", Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z"));
        forms.put("<uuid>", Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"));
        forms.put("<TOKEN>", Pattern.compile("(\\*|[a-z]+):(\\*|[a-z]+)\\.[A-Za-z0-9-]{12,}"));
        forms.put("<revision>", Pattern.compile("[0-9a-f]{8}:\\d+:v1"));
        forms.put("<etag>", Pattern.compile("W/\"[0-9a-f]+-[A-Za-z0-9+/]{27}\""));
        forms.put("<hash>", Pattern.compile("\\bh[0-9a-f]{64}\\b"));
        forms.put("<ulid>", Pattern.compile("\\b[0-9A-Z]{26}\\b"));
        forms.put("<token>", Pattern.compile("\\b[sb]\\.[A-Za-z0-9]{18,}\\b"));
        forms.put("<login>", Pattern.compile("\\b[A-Za-z0-9]{20}-\\d{10}\\b"));
        forms.put("<random>", Pattern.compile("\\b[A-Za-z0-9]{24}\\b"));
        return forms;
    }

    /** The text with a placeholder for each of them: equal forms say that nothing else differs. */
    String form() {
        String form = text;
        for (Map.Entry<String, Pattern> known : FORMS.entrySet()) {
            form = known.getValue().matcher(form).replaceAll(known.getKey());
        }
        return form;
    }
}
