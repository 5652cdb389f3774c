// How long the worst text holds the service's event loop: 98 kB in each parameter of each action, from
// a caller who is signed in. Prometheus' `nodejs_eventloop_lag_max_seconds` tells, which starts anew
// with each scrape and has the ten milliseconds of its own timer.
import { readFileSync } from 'node:fs';
import { SLOW_TEXTS } from '../test/faults/support/slow-text.mjs';
import { freePort } from '../test/support/postgres-server.mjs';
import { verdict } from './support/goals.mjs';
import { startService } from './support/service.mjs';
import { markdownTable } from './support/table.mjs';

const BODY_BYTES = 98_000;
const MOST_MS = 100;
const ROUNDS = 3;
const SHOWN = 5;

/** It would end the session. */
const LEFT_OUT = '/user/logout';

/** @typedef {{ path: string, name: string, example: Record<string, unknown> }} Target */

const { paths, components } = JSON.parse(
  readFileSync(new URL('../docs/openapi.json', import.meta.url), 'utf8'),
);

/** Every parameter of an action that has a body, and what the others are. @returns {Target[]} */
const targetsOf = (/** @type {string} */ path) => {
  const content = Object.values(paths[path].post?.requestBody?.content ?? {})[0];
  const properties = components.schemas[content?.schema.$ref.split('/').at(-1)]?.properties ?? {};
  const example = Object.fromEntries(
    Object.entries(properties).map(([name, { example: one, enum: values }]) => [
      name,
      one ?? values?.[0] ?? 'correct horse',
    ]),
  );
  return Object.keys(properties).map((name) => ({ path, name, example }));
};

const metricsPort = await freePort();
const service = await startService({ METRICS_PORT: String(metricsPort) });

/** Milliseconds that the event loop was held at most since the last call. */
async function longestHold() {
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  const [, seconds] = /^nodejs_eventloop_lag_max_seconds (\S+)$/m.exec(text) ?? [];
  if (seconds === undefined) throw new Error('the service has no figure of its event loop');
  return Number(seconds) * 1_000;
}

const credentials = { type: 'username', accounts: 'event_loop', pwd: 'correct horse' };
const { data } = await service.post('/user/reg', credentials);

/** The text as long as the body lets it be. @param {Target} target @param {(bytes: number) => string} make */
function fill({ name, example }, make) {
  const body = (/** @type {number} */ bytes) => ({
    ...example,
    [name]: make(bytes),
    token: data.token,
  });
  const length = Buffer.byteLength(JSON.stringify(body(BODY_BYTES)));
  return body(Math.floor(BODY_BYTES ** 2 / Math.max(length, BODY_BYTES)));
}

const targets = Object.keys(paths)
  .filter((path) => path !== LEFT_OUT)
  .flatMap(targetsOf);
const held = [];
for (const target of targets) {
  for (const [kind, make] of Object.entries(SLOW_TEXTS)) {
    const body = fill(target, make);
    const times = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      await longestHold();
      await service.post(target.path, body);
      times.push(await longestHold());
    }
    // What else the machine does only adds to it.
    held.push({ ms: Math.min(...times), where: `${target.path} ${target.name}`, kind });
  }
}
await longestHold();
const idle = await longestHold();
await service.stop();

held.sort((a, b) => b.ms - a.ms);
const rows = held.slice(0, SHOWN).map(({ ms, where, kind }) => [where, kind, ms.toFixed(1)]);
process.stdout.write(
  `${markdownTable(['parameter', 'text', 'held ms'], [...rows, ['none', '–', idle.toFixed(1)]])}\n`,
);
const goal = /** @type {const} */ ({
  text: `milliseconds that one of ${held.length} texts holds the event loop`,
  value: held[0]?.ms ?? 0,
  limit: MOST_MS,
  kind: 'most',
});
process.stdout.write(`${verdict(goal)}\n`);
