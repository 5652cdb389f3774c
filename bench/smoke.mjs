// Whether the benchmark still runs and what it compares is comparable. It judges no timing.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { compare } from './compare.mjs';
import { growth } from './growth.mjs';
import { FIND_SESSION, STATEMENTS_OF } from './peers/shared/statements.mjs';
import { start } from './start.mjs';
import { EXPRESS_WITH_CACHE, PEER_NAMES, SERVICE } from './support/contestants.mjs';
import { LIES, startLiar } from './support/liar.mjs';
import { GENERATORS, hasWrk } from './support/load/load.mjs';
import { compareAnswers, requireNotedUse } from './support/parity.mjs';
import { planOf } from './support/plans.mjs';
import { stopProcesses } from './support/processes.mjs';
import { activeUsers } from './support/users.mjs';

/** @typedef {import('./support/contestants.mjs').Contestant} Contestant */
/** @typedef {import('./support/database.mjs').BenchDatabase} BenchDatabase */

const USERS = 2_000;
const CONNECTIONS = 4;
/** One after another, to see which statements each of them runs. */
const REQUESTS = 10;
const HAND_WRITTEN = ['node:http', 'Express', EXPRESS_WITH_CACHE];
/** They ask the database for a session once a minute. */
const CACHING = [SERVICE, EXPRESS_WITH_CACHE];

/**
 * @param {import('./support/database.mjs').BenchServer} server
 * @param {import('./support/options.mjs').BenchOptions} options
 * @throws Error where anything is not as it should be
 */
export async function smoke(server, options) {
  const output = mkdtempSync(join(tmpdir(), 'nest-shopxo-smoke-'));
  const tiny = {
    ...options,
    users: USERS,
    rounds: 1,
    seconds: 1,
    warmUp: 0,
    connections: CONNECTIONS,
    peers: PEER_NAMES,
    output,
  };
  try {
    await compare(server, tiny, prove);
    for (const file of ['comparison.svg', 'comparison.txt']) {
      if (!readFileSync(join(output, file), 'utf8').includes(SERVICE)) {
        throw new Error(`${file} does not show ${SERVICE}`);
      }
    }
    await stopProcesses();
    await growth(server, tiny);
    await stopProcesses();
    await start(server, tiny);
  } finally {
    rmSync(output, { recursive: true });
  }
  process.stdout.write('The benchmark runs, and its answers are right.\n');
}

/**
 * @param {readonly Contestant[]} contestants
 * @param {BenchDatabase} database
 */
async function prove(contestants, database) {
  const users = activeUsers(USERS);
  const service = named(contestants, SERVICE);
  const [user] = users;
  if (!user) throw new Error('no user');
  const peers = contestants.filter(({ name, url }) => name !== SERVICE && url !== undefined);
  const cases = await compareAnswers(service, peers, database, user);
  process.stdout.write(`${peers.length} peers answer ${cases} requests as the service does\n`);
  // Some cache sessions, so everyone is asked as someone new.
  const strangers = users.slice(1);
  const take = (/** @type {number} */ count) => strangers.splice(0, count);
  const answering = [service, ...peers];
  await requireNotedUse(answering, database, take(answering.length));
  for (const name of [SERVICE, ...HAND_WRITTEN]) {
    for (const route of /** @type {const} */ (['save', 'index'])) {
      const expected = STATEMENTS_OF[route];
      const asking = take(REQUESTS);
      await proveStatements(named(contestants, name), database, route, asking, expected);
      const isCaching = CACHING.includes(name);
      const again = isCaching ? expected.filter((one) => one !== FIND_SESSION) : expected;
      await proveStatements(named(contestants, name), database, route, asking, again);
    }
  }
  process.stdout.write('The hand-written peers run the statements that the service runs\n');
  await proveChecks(named(contestants, 'node:http'), users);
  await proveCheckOfPg(named(contestants, 'pg alone'), database, users);
}

/**
 * @param {readonly Contestant[]} contestants
 * @param {string} name
 */
function named(contestants, name) {
  const found = contestants.find((contestant) => contestant.name === name);
  if (!found) throw new Error(`${name} does not run`);
  return found;
}

/**
 * A contestant's requests run these of the peers' statements and, but for what it does by itself now and
 * then, no others.
 *
 * @param {Contestant} contestant
 * @param {BenchDatabase} database
 * @param {'save' | 'index'} route
 * @param {readonly import('./support/users.mjs').BenchUser[]} users each asks once
 * @param {readonly import('./peers/shared/statements.mjs').Statement[]} statements
 */
async function proveStatements({ name, url }, database, route, users, statements) {
  const plans = [];
  for (const statement of statements) plans.push(await planOf(database, statement));
  await database.forgetStatements();
  for (const { token, userId } of users) {
    const answer = await fetch(`${url}/personal/${route}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ nickname: `n${userId}` }),
    });
    await answer.arrayBuffer();
  }
  const often = (await database.statements()).filter(({ calls }) => calls >= users.length);
  const [expected, ran] = [plans, often].map((all) => all.map(({ id }) => id).sort());
  if (!isDeepStrictEqual(ran, expected)) {
    throw new Error(
      `personal/${route} of ${name} runs other statements than bench/peers/shared/statements.mjs has`,
    );
  }
}

/**
 * Every generator finds every wrong answer.
 *
 * @param {Contestant} contestant
 * @param {readonly import('./support/users.mjs').BenchUser[]} users
 */
async function proveChecks({ url = '' }, users) {
  const load = {
    route: /** @type {const} */ ('save'),
    seconds: 1,
    connections: CONNECTIONS,
    users,
  };
  for (const [name, generator] of Object.entries(GENERATORS)) {
    if (name === 'wrk' && !hasWrk()) continue;
    const tried = Object.entries(LIES).map(async ([lie, tell]) => {
      const liar = await startLiar(url, tell);
      await mustFail(`${name} is told ${lie}`, () => generator({ ...load, url: liar.url }));
      liar.stop();
    });
    await Promise.all(tried);
    process.stdout.write(`${name} finds ${Object.keys(LIES).join(', ')}\n`);
  }
}

/**
 * It speaks to the database itself, so that has to lie.
 *
 * @param {Contestant} pg
 * @param {BenchDatabase} database
 * @param {readonly import('./support/users.mjs').BenchUser[]} users
 */
async function proveCheckOfPg(pg, database, users) {
  await database.query(`
    CREATE FUNCTION lie() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN NEW.nickname := 'another'; RETURN NEW; END $$`);
  await database.query(
    'CREATE TRIGGER lie BEFORE UPDATE ON sxo_user FOR EACH ROW EXECUTE FUNCTION lie()',
  );
  const load = {
    route: /** @type {const} */ ('save'),
    seconds: 1,
    connections: CONNECTIONS,
    users,
  };
  await mustFail('pg is told another nickname', () => pg.drive(load));
  await database.query('DROP TRIGGER lie ON sxo_user');
}

/**
 * @param {string} what
 * @param {() => Promise<unknown>} work
 */
async function mustFail(what, work) {
  const failure = await work().then(
    () => undefined,
    (/** @type {Error} */ error) => error,
  );
  if (!failure) throw new Error(`${what}, and takes it for right`);
  if (!failure.message.includes('wrong')) throw failure;
}
