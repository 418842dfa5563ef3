/**
 * What Sweepback knows of an upgrade: {@link dev.sweepback.upgrade.Upgrade} is a fold over entries, {@link
 * dev.sweepback.upgrade.Upgrades} records its moves and refuses illegal ones.
 */
@NullMarked
package dev.sweepback.upgrade;

import org.jspecify.annotations.NullMarked;
