package dev.sweepback.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecreatedTest {

    private static final OperationId OWN = new OperationId("own");
    private static final OperationId OTHER = new OperationId("other");
    private static final ResourceRef ONE = new ResourceRef("webhook", "unleash", "1");
    private static final ResourceRef TWO = ONE.at("2");
    private static final ResourceRef THREE = ONE.at("3");

    private final Recreated recreated = new Recreated();
    private final Map<ResourceRef, OperationId> creators = new HashMap<>();
    private final Map<ResourceRef, OperationId> suspects = new HashMap<>();

    private final class Told implements Provenance {

        @Override
        public boolean isAnnounced() {
            return true;
        }

        @Override
        public Set<ResourceRef> thereBefore() {
            return Set.of();
        }

        @Override
        public Optional<Instant> actedAt() {
            return Optional.empty();
        }

        @Override
        public Map<ResourceRef, OperationId> creators() {
            return creators;
        }

        @Override
        public List<OperationId> suspects(ResourceRef resource) {
            return Optional.ofNullable(suspects.get(resource)).stream().toList();
        }
    }

    private Reversal reversal(ResourceRef resource) {
        return new Reversal(
                OWN, resource, "remove", State.ABSENT, State.ABSENT, Instant.EPOCH, Instructions.NONE, new Told());
    }

    private Optional<ResourceRef> ofReversal(ResourceRef... candidates) {
        return recreated.ofReversal(reversal(ONE), List.of(candidates));
    }

    @Test
    void whatAnotherOperationIsKnownToHaveCreatedIsNotOurs() {
        creators.put(TWO, OTHER);
        recreated.add(new OperationId("third"), THREE);

        assertThat(ofReversal(TWO, THREE)).isEmpty();
        assertThat(ofReversal(TWO, THREE, ONE.at("4"))).contains(ONE.at("4"));
    }

    @Test
    void whatTheSystemAnsweredWithIsOurs() {
        suspects.put(TWO, OTHER);
        recreated.add(OWN, TWO);

        assertThat(ofReversal(TWO, THREE)).contains(TWO);
        assertThat(ofReversal(THREE)).isEmpty();
    }

    @Test
    void whatMayBeAnotherOperationsIsNotGuessed() {
        suspects.put(TWO, OTHER);

        assertThatThrownBy(() -> ofReversal(TWO)).hasMessageContaining("created for webhook 1: look at 2");
        assertThat(ofReversal(TWO, THREE)).contains(THREE);
    }

    @Test
    void ofTwoThatAppearedNoneIsGuessed() {
        assertThatThrownBy(() -> ofReversal(TWO, THREE)).hasMessageContaining("look at 2, 3");
    }

    @Test
    void anotherWhoseOwnIsKnownIsNotSuspected() {
        suspects.put(TWO, OTHER);
        recreated.add(OTHER, THREE);

        assertThat(ofReversal(TWO)).contains(TWO);
    }

    @Test
    void whatUndoCreatedIsToldByItsAnswerAndByTheRecord() {
        assertThat(recreated.isOfUndo(reversal(TWO))).isFalse();

        creators.put(TWO, OTHER);
        recreated.add(OTHER, THREE);

        assertThat(recreated.isOfUndo(reversal(TWO))).isTrue();
        assertThat(recreated.isOfUndo(reversal(THREE))).isTrue();
    }
}
