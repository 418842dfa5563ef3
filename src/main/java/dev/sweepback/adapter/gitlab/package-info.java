/**
 * Webhooks of one GitLab project or group: disabled, or removed and re-created. It rests on GitLab's public API documentation alone.
 * Entry type: {@link dev.sweepback.adapter.gitlab.GitlabWebhooks}.
 */
@NullMarked
package dev.sweepback.adapter.gitlab;

import org.jspecify.annotations.NullMarked;
