// Whether logins hold up everyone else: personal/save's median while 20 logins run at any time,
// against its median when there are none.
import { median, startService } from './support/service.mjs';

const LOGINS = 20;
const SAVES = 200;

const service = await startService();
const password = 'correct horse';
/** @param {string} path @param {string} name */
async function enter(path, name) {
  const { code, data } = await service.post(path, {
    type: 'username',
    accounts: name,
    pwd: password,
  });
  if (code !== 0) throw new Error(`${path} answered ${code}`);
  return /** @type {string} */ (data.token);
}

const names = Array.from({ length: LOGINS }, (_, index) => `user_${index}`);
for (const name of names) await enter('/user/reg', name);
const token = await enter('/user/reg', 'saver');

async function saves() {
  const times = [];
  for (let index = 0; index < SAVES; index += 1) {
    const { ms, code } = await service.post('/personal/save', { token, nickname: `n${index}` });
    if (code !== 0) throw new Error(`personal/save answered ${code}`);
    times.push(ms);
  }
  return median(times);
}

await saves();
const idle = await saves();
let running = true;
let logins = 0;
const load = Promise.all(
  names.map(async (name) => {
    while (running) {
      await enter('/user/login', name);
      logins += 1;
    }
  }),
);
const loaded = await saves();
running = false;
await load;
await service.stop();

console.log(`personal/save idle             median ${idle.toFixed(2)} ms`);
console.log(`personal/save with ${LOGINS} logins   median ${loaded.toFixed(2)} ms`);
console.log(`logins meanwhile               ${logins}`);
console.log(`ratio                          ${(loaded / idle).toFixed(2)}`);
