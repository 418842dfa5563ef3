package dev.sweepback.connector;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a connector is and can do: the one source of settings keys, CEL types, schemas and documentation.
 *
 * @param type the connection type in the settings: {@code unleash}
 * @param kind the kind of resource: {@code flag}
 * @param system the system's name for people: {@code Unleash}
 * @param experimental whether it rests on documentation alone and was never held against the real system
 * @param connectionKeys the keys that a connection of this type has besides the common ones (type, url, environment, …); the
 *     same for every kind of the type
 * @param selectKeys the keys of {@code select} besides {@code where}
 * @param stepKeys whether the step's key {@code secretRef} means something for this kind; and {@code handover}, where it does
 *     although no action is declared to be of class reissue
 * @param fields what conditions see as {@code resource}
 * @param actions what can be done, the first being the usual one
 * @param bookkeeping what the server writes itself and undo does not compare
 * @param tellsUse whether use can be seen after the action, so that a tripwire works
 * @param takesAlong whether other things may go along with a resource that is acted on: a step can accept that ({@code
 *     collateral}), and what nobody saw go along is recorded as unseen
 * @param batch the largest batch of apply. Above 1 the connector itself does the work of a batch side by side, as far as the
 *     connection's concurrency goes, and gets one batch after the other, in the order of the plan
 * @param undoBatch the largest batch of revert, likewise
 * @param manual what only people read
 */
public record Descriptor(
        String type,
        String kind,
        String system,
        boolean experimental,
        List<Key> connectionKeys,
        List<Key> selectKeys,
        Set<String> stepKeys,
        Fields fields,
        List<Action> actions,
        List<String> bookkeeping,
        boolean tellsUse,
        boolean takesAlong,
        int batch,
        int undoBatch,
        Manual manual) {

    public Descriptor {
        connectionKeys = List.copyOf(connectionKeys);
        selectKeys = List.copyOf(selectKeys);
        stepKeys = Set.copyOf(stepKeys);
        actions = List.copyOf(actions);
        bookkeeping = List.copyOf(bookkeeping);
    }

    public int batch(boolean revert) {
        return revert ? undoBatch : batch;
    }

    public Optional<Action> action(String name) {
        return actions.stream().filter(action -> action.name().equals(name)).findFirst();
    }

    /**
     * One action.
     *
     * @param sign how a plan marks it: {@code -} removes, {@code ~} disables
     * @param reversibility the strongest class it can have
     * @param lost the fields that differ after undo, at the most
     * @param leaves whether the resource is still there afterwards, so that a {@code then} can follow: also what is archived
     *     leaves the view of a system, and a plan marks it with {@code -}, but it is not gone
     * @param rest how long the resource must have been disabled before: more than zero, and the action stands in {@code then}
     *     alone, after a quarantine that is at least as long
     */
    public record Action(
            String name,
            char sign,
            Reversibility reversibility,
            List<String> lost,
            String description,
            boolean leaves,
            Duration rest) {

        public Action {
            lost = List.copyOf(lost);
        }

        /** One whose sign says whether it leaves anything. */
        public Action(String name, char sign, Reversibility reversibility, List<String> lost, String description) {
            this(name, sign, reversibility, lost, description, sign == '~', Duration.ZERO);
        }

        /** Whether undo gives the resource another id; what is issued again tells by itself for which operation it was. */
        public boolean renews() {
            return reversibility != Reversibility.REISSUE && lost.contains("id");
        }

        /** The same, leaving the resource where it is. */
        public Action leavingIt() {
            return new Action(name, sign, reversibility, lost, description, true, rest);
        }

        /** The same, and only on what has been disabled for so long. */
        public Action afterRest(Duration duration) {
            return new Action(name, sign, reversibility, lost, description, leaves, duration);
        }
    }

    /**
     * What the reference tells people about a kind, in sentences.
     *
     * @param scope what is listed, and what never is
     * @param use what the system tells about use
     * @param paging how the whole list is read
     * @param limits rates and sizes that the system sets
     * @param conditionalWrites whether a change can be bound to what was read
     * @param permissions what the credential must be allowed to do
     * @param notes what else to know before relying on it
     */
    public record Manual(
            String scope,
            String use,
            String paging,
            String limits,
            String conditionalWrites,
            List<String> permissions,
            List<String> notes) {

        /** For imitations that nobody reads about. */
        public static final Manual NONE = new Manual("", "", "", "", "", List.of(), List.of());

        public Manual {
            permissions = List.copyOf(permissions);
            notes = List.copyOf(notes);
        }
    }

    /**
     * One key in a file. A dot in the name means nesting: {@code auth.token}.
     *
     * @param choice what it tells together with other keys, of which a file has exactly one; empty for a key that stands alone
     */
    public record Key(String name, Need need, Form form, String choice, String description) {

        /** Whether a key must be there. */
        public enum Need {
            REQUIRED,
            OPTIONAL
        }

        /** What the value is. */
        public enum Form {
            TEXT,
            /** A reference to a secret. */
            SECRET,
            /** A path of Vault's key/value engine, mount first and without {@code data/} or {@code metadata/}. */
            KEY_VALUE_PATH,
            /** A duration of more than zero. */
            TIME,
            /** A file; a relative one starts at the folder of the file that names it. */
            FILE
        }

        /** A text, or a reference to a secret. */
        public Key(String name, boolean required, boolean secret, String description) {
            this(name, required ? Need.REQUIRED : Need.OPTIONAL, secret ? Form.SECRET : Form.TEXT, "", description);
        }

        /** A duration that may be left out. */
        public static Key optionalTime(String name, String description) {
            return new Key(name, Need.OPTIONAL, Form.TIME, "", description);
        }

        /** Of the keys, or sections, of this choice a file has exactly one. */
        public static Key oneOf(String choice, String name, Form form, String description) {
            return new Key(name, Need.OPTIONAL, form, choice, description);
        }

        /** A text of a choice. */
        public static Key oneOf(String choice, String name, String description) {
            return oneOf(choice, name, Form.TEXT, description);
        }

        public boolean required() {
            return need == Need.REQUIRED;
        }

        public boolean secret() {
            return form == Form.SECRET;
        }
    }
}
