// Whether a peer does what the service does: the same requests, the same answers, the same rows.
import { isDeepStrictEqual } from 'node:util';

/** @typedef {import('./contestants.mjs').Contestant} Contestant */
/** @typedef {import('./database.mjs').BenchDatabase} BenchDatabase */
/** @typedef {import('./users.mjs').BenchUser} BenchUser */

/**
 * @typedef {object} Case
 * @property {string} name
 * @property {string} [path] `/personal/save` where absent
 * @property {string} [token] the user's own where absent; empty for none
 * @property {unknown} [body] sent as JSON by POST; text as it is; GET where absent
 */

const FULL = {
  nickname: 'p001',
  birthday: '2022-11-19',
  province: '上海',
  city: '上海市',
  county: '闵行区',
  gender: '1',
  address: '浦江科技广场',
};

/** @param {object} other */
const save = (other) => ({ nickname: 'p001', ...other });

/** @type {readonly Case[]} */
const CASES = [
  { name: 'a profile that is read', path: '/personal/index' },
  { name: 'a profile that is read in a browser', path: '/personal/index?application=web&token=' },
  { name: 'a whole profile', body: FULL },
  { name: 'a nickname', body: save({}) },
  { name: 'a nickname to be trimmed and composed', body: save({ nickname: ' e\u0301 ' }) },
  { name: 'what was there before', body: { nickname: 'before' } },
  { name: 'a birthday to be cleared', body: save({ birthday: '', address: '' }) },
  { name: 'a gender as a number', body: save({ gender: 2 }) },
  { name: 'an avatar to be reset', body: save({ avatar: '' }) },
  {
    name: 'what a client says of itself',
    path: '/personal/save?application=web&application_client_type=ios',
    body: save({ application_client_type: 'ios', system_type: 'shop-2' }),
  },
  { name: 'a field that nobody knows', body: save({ status: 3, id: 1 }) },
  { name: 'no token', token: '', body: save({}) },
  { name: 'a token in another form', token: 'abc', body: save({}) },
  { name: 'an unknown token', token: '0'.repeat(32), body: save({}) },
  { name: 'no token to read', token: '', path: '/personal/index' },
  { name: 'broken JSON', body: '{"nickname":' },
  { name: 'a list', body: [] },
  { name: 'no nickname', body: {} },
  { name: 'a nickname that is a number', body: save({ nickname: 1 }) },
  { name: 'a nickname that is null', body: save({ nickname: null }) },
  { name: 'an empty nickname', body: save({ nickname: ' ' }) },
  { name: 'a nickname of nothing visible', body: save({ nickname: '\u3164' }) },
  { name: 'a long nickname', body: save({ nickname: 'x'.repeat(61) }) },
  { name: 'a line break', body: save({ nickname: 'a\nb' }) },
  { name: 'a day that is not', body: save({ birthday: '2023-02-30' }) },
  { name: 'a day to come', body: save({ birthday: '2999-01-01' }) },
  { name: 'a day long ago', body: save({ birthday: '1899-12-31' }) },
  { name: 'a birthday that is null', body: save({ birthday: null }) },
  { name: 'a long province', body: save({ province: 'x'.repeat(61) }) },
  { name: 'an unknown gender', body: save({ gender: '3' }) },
  { name: 'a long address', body: save({ address: 'x'.repeat(81) }) },
  { name: "someone else's picture", body: save({ avatar: 'http://elsewhere.example/a.jpg' }) },
  { name: 'a picture that was never stored', body: save({ avatar: 'http://shop.example/a.jpg' }) },
  { name: 'an unknown application', body: save({ application: 'tv' }) },
  { name: 'an unknown system type', body: save({ system_type: 'a b' }) },
  { name: 'a route that is not', path: '/personal/other', body: {} },
];

/**
 * @param {Contestant} service
 * @param {readonly Contestant[]} peers that answer HTTP
 * @param {BenchDatabase} database
 * @param {BenchUser} user whose profile is saved again and again
 * @throws Error that names the first difference
 */
export async function compareAnswers(service, peers, database, user) {
  for (const one of CASES) {
    const expected = await outcomeOf(service, database, user, one);
    for (const peer of peers) {
      // A tutorial has no texts of its own for refusals, nor their statuses.
      const isLoose = peer.name === 'tutorial' && expected.body.code !== 0;
      const loosened = isLoose ? loose(expected) : expected;
      const outcome = await outcomeOf(peer, database, user, one);
      if (!isDeepStrictEqual(isLoose ? loose(outcome) : outcome, loosened)) {
        throw new Error(
          `${peer.name} differs in "${one.name}": ${JSON.stringify(outcome)} instead of ${JSON.stringify(expected)}`,
        );
      }
    }
  }
  return CASES.length;
}

/**
 * Each notes the use of a session of which nothing was noted for more than an hour.
 *
 * @param {readonly Contestant[]} contestants that answer HTTP
 * @param {BenchDatabase} database
 * @param {readonly BenchUser[]} users one of its own for each, whom none remembers
 * @throws Error that names who does not
 */
export async function requireNotedUse(contestants, database, users) {
  for (const [index, { name, url }] of contestants.entries()) {
    const user = users[index];
    if (!user) throw new Error('too few users');
    await database.query(
      `UPDATE sxo_user_session SET last_time = now() - interval '2 hours' WHERE id = $1`,
      [user.sessionId],
    );
    const headers = { authorization: `Bearer ${user.token}` };
    await (await fetch(`${url}/personal/index`, { headers })).arrayBuffer();
    const [session] = await database.query(
      `SELECT last_time > now() - interval '1 minute' AS noted FROM sxo_user_session WHERE id = $1`,
      [user.sessionId],
    );
    if (!session.noted) throw new Error(`${name} does not note the use of a session`);
  }
}

/** @typedef {{ status: number, body: any, requestId: string | null, user: any, audit: any[] }} Outcome */

/** @param {Outcome} outcome */
const loose = ({ body, user, audit }) => ({ code: body.code, data: body.data, user, audit });

/**
 * @param {Contestant} contestant
 * @param {BenchDatabase} database
 * @param {BenchUser} user
 * @param {Case} one
 * @returns {Promise<Outcome>} without what differs from time to time
 */
async function outcomeOf({ url }, database, { userId, token: own }, one) {
  await restore(database, userId);
  const { path = '/personal/save', token = own, body } = one;
  const response = await fetch(`${url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      'x-request-id': 'parity',
      ...(token !== '' && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    body: typeof body === 'string' || body === undefined ? body : JSON.stringify(body),
  });
  const answer = /** @type {any} */ (await response.json());
  const shown = answer.data?.data ?? answer.data;
  const [row] = await database.query(
    `SELECT to_jsonb(u) - 'upd_time' AS row, u.upd_time FROM sxo_user u WHERE id = $1`,
    [userId],
  );
  const isOfRow = shown?.upd_time === String(Math.floor((row.upd_time?.getTime() ?? 0) / 1_000));
  if (shown?.upd_time !== undefined) {
    shown.upd_time = isOfRow;
    shown.upd_time_text = shown.upd_time_text.replace(/\d/g, '0');
  }
  return {
    status: response.status,
    requestId: response.headers.get('x-request-id'),
    body: answer,
    user: { ...row.row, isSaved: row.upd_time !== null },
    audit: await database.query(
      `SELECT to_jsonb(a) - 'id' - 'add_time' AS row FROM sxo_user_audit a WHERE user_id = $1`,
      [userId],
    ),
  };
}

/**
 * @param {BenchDatabase} database
 * @param {string} userId
 */
async function restore(database, userId) {
  await database.query('DELETE FROM sxo_user_audit WHERE user_id = $1', [userId]);
  await database.query(
    `UPDATE sxo_user SET nickname = 'before', birthday = '1990-05-17', province = '', city = '',
       county = '', gender = 0, address = 'before', avatar = '', mobile = '13800138000', email = '',
       upd_time = NULL WHERE id = $1`,
    [userId],
  );
}
