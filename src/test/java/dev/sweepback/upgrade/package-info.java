@NullMarked
package dev.sweepback.upgrade;

import org.jspecify.annotations.NullMarked;
