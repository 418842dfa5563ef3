@NullMarked
package dev.sweepback.store;

import org.jspecify.annotations.NullMarked;
