@org.jspecify.annotations.NullMarked
package dev.sweepback.connector;
