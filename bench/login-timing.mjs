// Whether time tells an unknown account from a wrong password, or either from an account whose tries
// were used up by another of its names: 200 tries of each, in turn.
import pg from 'pg';
import { median, startService } from './support/service.mjs';

const TRIES = 200;
const ACCOUNTS = 10;
const LIMIT = TRIES / ACCOUNTS + 5;

const service = await startService({
  // The limits would stop the measurement.
  ATTEMPT_ACCOUNT_LIMIT: String(LIMIT),
  ATTEMPT_ADDRESS_LIMIT: '1000',
});
const indexes = Array.from({ length: ACCOUNTS }, (_, index) => index);
for (const index of indexes) {
  for (const name of [`known_${index}`, `used_up_${index}`]) {
    const body = { type: 'username', accounts: name, pwd: 'correct horse' };
    const { code } = await service.post('/user/reg', body);
    if (code !== 0) throw new Error(`user/reg answered ${code}`);
  }
}

/** @param {string} name */
async function wrong(name) {
  const { ms, code } = await service.post('/user/login', {
    type: 'username',
    accounts: name,
    pwd: 'wrong password',
  });
  if (code !== -4) throw new Error(`expected -4, not ${code}`);
  return ms;
}

/** @param {number} index */
const mobile = (index) => `1380013800${index}`;

const database = new pg.Client(service.databaseUrl);
await database.connect();
for (const index of indexes) {
  await database.query('UPDATE sxo_user SET mobile = $1 WHERE username = $2', [
    mobile(index),
    `used_up_${index}`,
  ]);
}
await database.end();
for (const index of indexes) {
  for (let tried = 0; tried < LIMIT; tried += 1) await wrong(mobile(index));
}

/** @type {Record<string, number[]>} */
const times = { known: [], unknown: [], used_up: [] };
for (let index = 0; index < TRIES; index += 1) {
  for (const [kind, all] of Object.entries(times)) {
    all.push(await wrong(`${kind}_${index % ACCOUNTS}`));
  }
}
await service.stop();

const medians = Object.entries(times).map(([kind, all]) => ({ kind, ms: median(all) }));
for (const { kind, ms } of medians) {
  console.log(`${kind.padEnd(16)} median ${ms.toFixed(2)} ms`);
}
const least = Math.min(...medians.map(({ ms }) => ms));
const most = Math.max(...medians.map(({ ms }) => ms));
console.log(`difference       ${(((most - least) / most) * 100).toFixed(1)} %`);
