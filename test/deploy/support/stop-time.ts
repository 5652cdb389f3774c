import { ServerSettings } from '../../../src/config/server.settings.js';
import { pickSettings, type Settings } from '../../../src/config/settings.js';
import { VerificationSettings } from '../../../src/config/verification.settings.js';

/** For a request that may be on its way, and for the last answers to get out. */
const SETTLING_MS = 500;
/** For the collector to take the last traces. */
const TRACES_MS = 3_000;

/**
 * The longest time in milliseconds that the service takes to stop, as docs/operations.md adds it up:
 * its parts stop one after the other.
 */
export function longestStopMs(settings: Settings): number {
  const { shutdownDelayMs, shutdownTimeoutMs } = pickSettings(settings, ServerSettings);
  const { sendTimeoutMs } = pickSettings(settings, VerificationSettings);
  const listenersMs = shutdownTimeoutMs;
  const codesMs = 2 * sendTimeoutMs;
  return shutdownDelayMs + SETTLING_MS + shutdownTimeoutMs + listenersMs + codesMs + TRACES_MS;
}
