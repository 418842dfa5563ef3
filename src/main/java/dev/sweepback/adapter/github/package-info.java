/**
 * Webhooks of one GitHub repository or organization: disabled, or removed and re-created. Entry type: {@link
 * dev.sweepback.adapter.github.GithubWebhooks}.
 */
@NullMarked
package dev.sweepback.adapter.github;

import org.jspecify.annotations.NullMarked;
