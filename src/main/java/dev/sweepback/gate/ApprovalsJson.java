package dev.sweepback.gate;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Approvals as users see them. Field names are public contract. */
public final class ApprovalsJson {

    /** In the entry that begins a run: whose words it rests on. */
    public static final String APPROVED_BY = "approvedBy";

    private ApprovalsJson() {}

    public static ObjectNode toJson(Approvals approvals) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("needs", approvals.wanted().approvers());
        node.put("has", approvals.words().size());
        ArrayNode roles = node.putArray("roles");
        approvals.wanted().roles().forEach(roles::add);
        node.set(APPROVED_BY, words(approvals));
        node.put("rejected", approvals.rejection().isPresent());
        node.put("command", approvals.command());
        return node;
    }

    /** The words that count. */
    public static ArrayNode words(Approvals approvals) {
        ArrayNode array = JsonMapper.shared().createArrayNode();
        approvals
                .words()
                .forEach(word -> array.addObject()
                        .put("seq", word.seq())
                        .put("actor", word.actor().name())
                        .put("role", word.role())
                        .put("expiresAt", word.expiresAt().toString()));
        return array;
    }
}
