import { ServerSettings } from '../../../src/config/server.settings.js';
import { pickSettings, type Settings } from '../../../src/config/settings.js';
import { VerificationSettings } from '../../../src/config/verification.settings.js';

/** For what a stop does besides its own time limits: closing connections, the last traces. */
const MARGIN_MS = 4_000;

/**
 * The longest time in milliseconds that the service takes to stop, as docs/operations.md adds it up: its
 * parts stop one after the other, requests first, then the listeners of events, and codes that are sent.
 */
export function longestStopMs(settings: Settings): number {
  const { shutdownDelayMs, shutdownTimeoutMs } = pickSettings(settings, ServerSettings);
  const { sendTimeoutMs } = pickSettings(settings, VerificationSettings);
  return shutdownDelayMs + 2 * shutdownTimeoutMs + 2 * sendTimeoutMs + MARGIN_MS;
}
