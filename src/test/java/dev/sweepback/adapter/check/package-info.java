@org.jspecify.annotations.NullMarked
package dev.sweepback.adapter.check;
