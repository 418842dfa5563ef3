/**
 * REST systems that a file describes, without code of their own. {@link dev.sweepback.adapter.rest.RestConnector} follows a
 * {@link dev.sweepback.job.Description}; {@link dev.sweepback.adapter.rest.Probe} proves one on a disposable resource, and
 * until then nothing is acted upon.
 */
@NullMarked
package dev.sweepback.adapter.rest;

import org.jspecify.annotations.NullMarked;
