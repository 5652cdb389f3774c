// What the hand-written peers do for a request, once it has been read: the token, the checks, the SQL
// and the answer. They differ in how they come by the request and send the answer.
import { createHash } from 'node:crypto';
import pg from 'pg';
import { AvatarUrls, checkProfile, checkPublicParameters, tokenOf } from './checks.mjs';
import { avatarNotYours, notLoggedIn } from './failures.mjs';
import { logger } from './request-log.mjs';
import { CACHE_SESSIONS, SessionCache } from './session-cache.mjs';
import { FIND_PROFILE, FIND_SESSION, SAVE_PROFILE } from './statements.mjs';
import { GENDER_LIST, userView } from './view.mjs';

/** @typedef {import('./checks.mjs').Parameters} Parameters */
/** @typedef {import('./statements.mjs').Statement} Statement */

/**
 * @typedef {object} Identity
 * @property {string} token
 * @property {string} sessionId
 * @property {string} userId
 * @property {string} systemType
 * @property {string} clientType
 */

/**
 * @typedef {object} PeerOptions
 * @property {string} databaseUrl
 * @property {string} publicUrl what avatar URLs begin with
 * @property {number} port
 * @property {boolean} cachesSessions for a minute, as the service does
 */

// A calendar date has no zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

/** The service's default. */
export const POOL_SIZE = 10;
/** As the benchmark sets them for the service. */
export const CONNECT_TIMEOUT_MS = 10_000;
export const STATEMENT_TIMEOUT_MS = 10_000;
export const SESSION_IDLE_DAYS = 30;
export const SESSION_ABSOLUTE_DAYS = 180;

/** @param {string} databaseUrl */
export function openPool(databaseUrl) {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: STATEMENT_TIMEOUT_MS,
  });
  pool.on('error', (error) => logger.warn({ err: error }, 'a database connection was lost'));
  return pool;
}

/** @returns {PeerOptions} from the command line */
export function peerOptions() {
  const [databaseUrl = '', publicUrl = '', port = '', flag] = process.argv.slice(2);
  return { databaseUrl, publicUrl, port: Number(port), cachesSessions: flag === CACHE_SESSIONS };
}

/** @param {string} token */
export const hashOf = (token) => createHash('sha256').update(token).digest();

/** An address without zone, IPv4 in its own form. @param {string} address */
export const plainAddress = (address) =>
  address.replace(/^::ffff:(?=\d+\.)/i, '').split('%')[0] ?? '';

/** @param {unknown} data @param {string} msg */
const succeeded = (data, msg) => ({ msg, code: 0, data });

/** @param {Identity} identity @returns {unknown[]} */
const askerOf = ({ userId, systemType, clientType, sessionId }) => [
  userId,
  systemType,
  clientType,
  sessionId,
  SESSION_IDLE_DAYS,
  SESSION_ABSOLUTE_DAYS,
];

/** A user's own profile. */
export class Profile {
  /** @param {PeerOptions} options */
  constructor({ databaseUrl, publicUrl, cachesSessions }) {
    this.pool = openPool(databaseUrl);
    this.avatars = new AvatarUrls(publicUrl);
    this.cache = cachesSessions ? new SessionCache() : undefined;
  }

  /**
   * @param {Statement} statement
   * @param {unknown[]} values
   */
  async run(statement, values) {
    const { rows } = await this.pool.query({ ...statement, values });
    return rows[0];
  }

  /**
   * Who asks. A cached session may have ended since: the statements of both routes check it again.
   *
   * @param {string | undefined} authorization
   * @param {Parameters} body
   * @param {Parameters} query
   * @returns {Promise<Identity>}
   */
  async identify(authorization, body, query) {
    const token = tokenOf(authorization, body, query);
    if (token === undefined) throw notLoggedIn();
    const cached = this.cache?.get(token);
    if (cached) return cached;
    const session = await this.run(FIND_SESSION, [
      hashOf(token),
      SESSION_IDLE_DAYS,
      SESSION_ABSOLUTE_DAYS,
    ]);
    if (!session) throw notLoggedIn();
    const identity = {
      token,
      sessionId: session.id,
      userId: session.user_id,
      systemType: session.system_type,
      clientType: session.application_client_type,
    };
    this.cache?.set(identity);
    return identity;
  }

  /** @param {Identity} identity whose session has ended */
  ended({ token }) {
    this.cache?.delete(token);
    return notLoggedIn();
  }

  /**
   * @param {Identity} identity
   * @param {Parameters} body
   * @param {Parameters} query
   */
  async index(identity, body, query) {
    checkPublicParameters(body, query);
    const row = await this.run(FIND_PROFILE, askerOf(identity));
    if (!row) throw this.ended(identity);
    const data = userView(row, identity, this.avatars);
    return succeeded({ data, gender_list: GENDER_LIST }, 'success');
  }

  /**
   * @param {Identity} identity
   * @param {Parameters} body
   * @param {Parameters} query
   * @param {{ requestId: string, address: string }} origin
   */
  async save(identity, body, query, origin) {
    const asked = checkPublicParameters(body, query);
    const changes = checkProfile(body);
    const avatar = this.avatars.toPath(changes.avatar);
    const row = await this.run(SAVE_PROFILE, [
      ...askerOf(identity),
      changes.nickname,
      changes.birthday,
      changes.province,
      changes.city,
      changes.county,
      changes.gender,
      changes.address,
      avatar,
      'profile.changed',
      origin.requestId,
      identity.sessionId,
      asked.clientType,
      asked.systemType,
      plainAddress(origin.address),
      null,
    ]);
    if (!row) throw await this.refusal(identity, avatar);
    return succeeded(userView(row, identity, this.avatars), '修改成功');
  }

  /**
   * Why a save changed no row.
   *
   * @param {Identity} identity
   * @param {string | undefined} avatar
   */
  async refusal(identity, avatar) {
    const isLive = avatar && (await this.run(FIND_PROFILE, askerOf(identity)));
    return isLive ? avatarNotYours() : this.ended(identity);
  }
}
