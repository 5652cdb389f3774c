// The sessions that a peer looked up within the last minute, held as the service holds them: by the hash
// of the token, for as long and as many as its defaults say.
import { createHash } from 'node:crypto';

/** @typedef {import('./profile.mjs').Identity} Identity */

/** The command-line flag of a peer that is to hold them. */
export const CACHE_SESSIONS = '--cache-sessions';

const CAPACITY = 20_000;
const LIFETIME_MS = 60_000;

/** @param {string} token */
const keyOf = (token) => createHash('sha256').update(token).digest('base64');

export class SessionCache {
  /** @type {Map<string, { owner: Omit<Identity, 'token'>, until: number }>} */
  sessions = new Map();

  /** @param {string} token @returns {Identity | undefined} */
  get(token) {
    const found = this.sessions.get(keyOf(token));
    return found && found.until > performance.now() ? { token, ...found.owner } : undefined;
  }

  /** The ones that were set first expire first, and make room. @param {Identity} identity */
  set({ token, ...owner }) {
    const now = performance.now();
    this.delete(token);
    this.sessions.set(keyOf(token), { owner, until: now + LIFETIME_MS });
    for (const [oldest, { until }] of this.sessions) {
      if (until > now && this.sessions.size <= CAPACITY) break;
      this.sessions.delete(oldest);
    }
  }

  /** @param {string} token */
  delete(token) {
    this.sessions.delete(keyOf(token));
  }
}
