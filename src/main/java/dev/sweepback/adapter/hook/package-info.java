/**
 * What webhooks of GitHub and of GitLab have in common: how far an operation has come, and which hook undo created. What each
 * system has in its own way is a {@link dev.sweepback.adapter.hook.Hooks}.
 */
@NullMarked
package dev.sweepback.adapter.hook;

import org.jspecify.annotations.NullMarked;
