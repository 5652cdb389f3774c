// Whether memory and times stay flat: a steady load of reads and saves for --minutes (10), sampled
// every few seconds, drawn as a chart.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { median, startService } from './support/service.mjs';

const CONNECTIONS = 10;
const REQUESTS_A_SECOND = 200;
const SAMPLES = 60;
const SHORTEST_SAMPLE_S = 2;
/** The last third may be so many times as large as the third before it. */
const FLAT = 1.1;
const BAR = 40;

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' } } });
const seconds = Number(values.minutes) * 60;
if (!(seconds > 0)) throw new Error('--minutes must be a number above 0');
const sampleSeconds = Math.max(SHORTEST_SAMPLE_S, Math.round(seconds / SAMPLES));

const service = await startService();
const name = `soak_${randomBytes(4).toString('hex')}`;
const { data } = await service.post('/user/reg', {
  type: 'username',
  accounts: name,
  pwd: 'correct horse',
});
const headers = { authorization: `Bearer ${data.token}`, 'content-type': 'application/json' };

/** Mebibytes of memory that the service has. */
function memory() {
  const status = readFileSync(`/proc/${service.pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1_024;
}

/** The load for one sample. */
async function sample() {
  const { latency, non2xx, errors, requests } = await autocannon({
    url: service.url,
    connections: CONNECTIONS,
    overallRate: REQUESTS_A_SECOND,
    duration: sampleSeconds,
    requests: [
      { method: 'POST', path: '/personal/save', headers, body: '{"nickname":"soak"}' },
      { method: 'GET', path: '/personal/index', headers },
      { method: 'GET', path: '/region/index?pid=0' },
    ],
  });
  if (non2xx + errors > 0) throw new Error(`${non2xx + errors} requests failed`);
  return { rss: memory(), p50: latency.p50, p99: latency.p99, sent: requests.sent };
}

/** @param {number} value @param {number} largest */
const bar = (value, largest) => '#'.repeat(Math.max(1, Math.round((value / largest) * BAR)));

/** @type {Awaited<ReturnType<typeof sample>>[]} */
const samples = [];
console.log(`${'minute'.padStart(6)}  p50 ms  p99 ms  memory`);
try {
  for (let passed = 0; passed < seconds; passed += sampleSeconds) {
    const taken = await sample();
    samples.push(taken);
    const largest = Math.max(...samples.map(({ rss }) => rss));
    const cells = [((passed + sampleSeconds) / 60).toFixed(1).padStart(6)];
    cells.push(String(taken.p50).padStart(6), String(taken.p99).padStart(6));
    cells.push(`${taken.rss.toFixed(0).padStart(4)} MB ${bar(taken.rss, largest)}`);
    console.log(cells.join('  '));
  }
} finally {
  await service.stop();
}

/** The last third's median, in thirds of the middle one's. @param {'rss' | 'p50' | 'p99'} key */
function growth(key) {
  const third = Math.ceil(samples.length / 3);
  const of = (/** @type {typeof samples} */ part) => median(part.map((one) => one[key]));
  return of(samples.slice(-third)) / of(samples.slice(-2 * third, -third));
}

const sent = samples.reduce((total, one) => total + one.sent, 0);
console.log(`${sent} requests; last third against the one before:`);
console.log(
  `memory ${growth('rss').toFixed(2)}, p50 ${growth('p50').toFixed(2)}, p99 ${growth('p99').toFixed(2)}`,
);
console.log(growth('rss') <= FLAT ? 'Memory is flat.' : 'Memory GROWS.');
if (!(growth('rss') <= FLAT)) process.exitCode = 1;
