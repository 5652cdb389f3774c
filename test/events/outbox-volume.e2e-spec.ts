import { jest } from '@jest/globals';
import { Database, type Statement } from '../../src/database/database.js';
import { ExpiredRowsCleaner } from '../../src/database/expired-rows.cleaner.js';
import { EventListeners } from '../../src/events/event-listeners.js';
import { COUNTED, OutboxRepository } from '../../src/events/outbox.repository.js';
import { OutboxWorker } from '../../src/events/outbox.worker.js';
import { AccountRegisteredEvent } from '../../src/modules/account/account.events.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const EVENT = 'account.registered';
const KNOWN = { event: EVENT, listener: 'Test.hear' };
/** Of another version of the service, so that nobody delivers what is due for it. */
const UNKNOWN = { event: EVENT, listener: 'Newer.hear' };

const GIVEN_UP = 60_000;
const POSTPONED = 20_000;
const DUE = 20_000;

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Plan[];
}

let test: TestApp;
const asked: { statement: Statement; values: unknown[] }[] = [];

const fill = (count: number, listener: string, columns: string, values: string) =>
  test.db.query(
    `INSERT INTO sxo_event_delivery (event, listener, payload, ${columns})
     SELECT $1, $2, jsonb_build_object('userId', n::text), ${values}
     FROM generate_series(1, $3::int) AS n`,
    [EVENT, listener, count],
  );

beforeAll(async () => {
  test = await startTestApp({ EVENT_FAILED_RETENTION_DAYS: '30' });
  test.app.get(EventListeners).add(AccountRegisteredEvent, KNOWN.listener, () => undefined);
  await fill(GIVEN_UP, KNOWN.listener, 'tries, failed_time', `3, now() - interval '29 days'`);
  await fill(POSTPONED, KNOWN.listener, 'tries, due_time', `1, now() + interval '1 hour'`);
  await fill(DUE, UNKNOWN.listener, 'tries', '0');
  await test.db.query('VACUUM ANALYZE sxo_event_delivery');
  const database = test.app.get(Database);
  const run = database.run.bind(database);
  jest.spyOn(database, 'run').mockImplementation((statement, values) => {
    asked.push({ statement, values });
    return run(statement, values);
  });
});

afterAll(() => test.close());

const flatten = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(flatten)];

/** How many rows of the table each step of a statement reads, by the step's kind. */
async function readBy({ text }: Statement, values: unknown[]): Promise<[string, number][]> {
  const client = await test.db.connect();
  try {
    await client.query('BEGIN');
    const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
      `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`,
      values,
    );
    return flatten(rows[0]!['QUERY PLAN'][0].Plan)
      .filter((step) => step['Relation Name'] === 'sxo_event_delivery')
      .map((step): [string, number] => [
        step['Node Type'],
        (step['Actual Rows'] + (step['Rows Removed by Filter'] ?? 0)) * step['Actual Loops'],
      ]);
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

it.each<[string, number, () => Promise<unknown>]>([
  ['a poll', COUNTED, () => test.app.get(OutboxWorker).poll()],
  [
    'a claim of what was not tried',
    10,
    () => test.app.get(OutboxRepository).claim(UNKNOWN, { tried: false, most: 10 }, 1),
  ],
  [
    'a claim of what was tried, where there is none',
    1,
    () => test.app.get(OutboxRepository).claim(UNKNOWN, { tried: true, most: 1 }, 1),
  ],
  ['the clean-up', 1, () => test.app.get(ExpiredRowsCleaner).clean()],
])('reads a bounded number of rows at a time: %s', async (_, most, work) => {
  asked.length = 0;
  await work();
  expect(asked).not.toEqual([]);
  for (const { statement, values } of asked) {
    for (const [step, rows] of await readBy(statement, values)) {
      const found = { statement: statement.name, step, isBounded: rows <= most };
      expect(found).not.toMatchObject({ step: 'Seq Scan' });
      expect(found).toMatchObject({ isBounded: true });
    }
  }
});

it('counts no further than is of use to know', async () => {
  const worker = test.app.get(OutboxWorker);
  await worker.poll();
  expect(worker.backlog).toEqual({ pending: 2 * COUNTED, failed: COUNTED });
});
