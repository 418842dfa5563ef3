/** Post-upgrade cleanup that can be taken back. The packages below follow the flow described in {@code docs/design.md}. */
@org.jspecify.annotations.NullMarked
package dev.sweepback;
