// Whether time tells an unknown account from a wrong password: 200 tries of each, in turn.
import { median, startService } from './support/service.mjs';

const TRIES = 200;

const service = await startService({
  // The limits would stop the measurement.
  ATTEMPT_ACCOUNT_LIMIT: '100',
  ATTEMPT_ADDRESS_LIMIT: '1000',
});
const password = 'correct horse';
const accounts = Array.from({ length: 10 }, (_, index) => `known_${index}`);
for (const name of accounts) {
  await service.post('/user/reg', { type: 'username', accounts: name, pwd: password });
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

for (let warmUp = 0; warmUp < 20; warmUp += 1) await wrong(`warm_${warmUp % 10}`);
/** @type {{ known: number[], unknown: number[] }} */
const times = { known: [], unknown: [] };
for (let index = 0; index < TRIES; index += 1) {
  times.known.push(await wrong(`known_${index % accounts.length}`));
  times.unknown.push(await wrong(`other_${index % accounts.length}`));
}
await service.stop();

const [known, unknown] = [median(times.known), median(times.unknown)];
const difference = (Math.abs(known - unknown) / Math.max(known, unknown)) * 100;
console.log(`wrong password   median ${known.toFixed(2)} ms`);
console.log(`unknown account  median ${unknown.toFixed(2)} ms`);
console.log(`difference       ${difference.toFixed(1)} %`);
