@NullMarked
package dev.sweepback.schedule;

import org.jspecify.annotations.NullMarked;
