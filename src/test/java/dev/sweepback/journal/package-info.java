@NullMarked
package dev.sweepback.journal;

import org.jspecify.annotations.NullMarked;
