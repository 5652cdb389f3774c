import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { jest } from '@jest/globals';
import { Database } from '../../src/database/database.js';
import { ExpiredRowsCleaner } from '../../src/database/expired-rows.cleaner.js';
import { DomainEvents } from '../../src/events/domain-events.js';
import { EventListeners } from '../../src/events/event-listeners.js';
import { OutboxRepository } from '../../src/events/outbox.repository.js';
import { OutboxWorker } from '../../src/events/outbox.worker.js';
import {
  AccountClosedEvent,
  AccountRegisteredEvent,
} from '../../src/modules/account/account.events.js';
import { createUser } from '../support/accounts.js';
import { lockAwaited } from '../support/database-locks.js';
import { CHEAP_HASHING, PASSWORD } from '../support/passwords.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const TRIES = 3;
const ROW = { event: 'account.registered', listener: 'Test.hear' };

let test: TestApp;
let heard: string[];
let hear: (event: AccountRegisteredEvent) => void | Promise<void>;

const start = async (env: Record<string, string> = {}): Promise<TestApp> => {
  const app = await startTestApp({ ...CHEAP_HASHING, EVENT_TRIES: String(TRIES), ...env });
  app.app.get(EventListeners).add(AccountRegisteredEvent, 'Test.hear', (event) => hear(event));
  return app;
};

const worker = (of = test): OutboxWorker => of.app.get(OutboxWorker);

const publish = (userId: string, of = test): Promise<void> =>
  of.app
    .get(Database)
    .transaction(() => of.app.get(DomainEvents).publish(new AccountRegisteredEvent({ userId })));

/** What a crash leaves: rows that no worker knows of. */
const leave = async (columns: Record<string, unknown> = {}): Promise<void> => {
  const row = { ...ROW, payload: { userId: '1' }, ...columns };
  const names = Object.keys(row);
  await test.db.query(
    `INSERT INTO sxo_event_delivery (${names.join(', ')})
     VALUES (${names.map((_, index) => `$${index + 1}`).join(', ')})`,
    Object.values(row),
  );
};

const rows = async (): Promise<Record<string, unknown>[]> =>
  (
    await test.db.query<Record<string, unknown>>(
      `SELECT event, listener, payload, tries, failed_time IS NOT NULL AS failed,
         round(extract(epoch FROM due_time - now()))::int AS due_in
       FROM sxo_event_delivery ORDER BY id`,
    )
  ).rows;

/** Lets the time pass that a delivery waits for, and delivers it. */
const deliverDue = async (of = test): Promise<void> => {
  await test.db.query('UPDATE sxo_event_delivery SET due_time = now()');
  await worker(of).poll();
  await worker(of).settled();
};

beforeAll(async () => {
  test = await start();
});

afterAll(() => test.close());

beforeEach(async () => {
  await test.db.query('TRUNCATE sxo_event_delivery');
  heard = [];
  hear = ({ payload }) => {
    heard.push(payload.userId);
  };
});

afterEach(() => jest.restoreAllMocks());

describe('a durable event', () => {
  it('is delivered as soon as it is committed, not before, and leaves nothing', async () => {
    const database = test.app.get(Database);
    await database.transaction(async () => {
      const event = new AccountRegisteredEvent({ userId: '4711' });
      await test.app.get(DomainEvents).publish(event);
      await worker().poll();
      await worker().settled();
      expect(heard).toEqual([]);
    });
    await worker().settled();
    expect(heard).toEqual(['4711']);
    expect(await rows()).toEqual([]);
  });

  it('is an event of its class again when it is heard, and not in its transaction', async () => {
    let event: unknown;
    let isInside = true;
    hear = (one) => {
      event = one;
      test.app.get(Database).refuseTransaction('this');
      isInside = false;
    };
    await publish('4711');
    await worker().settled();
    expect(event).toBeInstanceOf(AccountRegisteredEvent);
    expect(event).toEqual(new AccountRegisteredEvent({ userId: '4711' }));
    expect(isInside).toBe(false);
  });

  it('is not there where its transaction was rolled back', async () => {
    const failed = test.app.get(Database).transaction(async () => {
      await test.app.get(DomainEvents).publish(new AccountRegisteredEvent({ userId: '4711' }));
      throw new Error('undone');
    });
    await expect(failed).rejects.toThrow('undone');
    await deliverDue();
    expect({ heard, rows: await rows() }).toEqual({ heard: [], rows: [] });
  });

  it('is refused outside of a transaction', async () => {
    const event = new AccountRegisteredEvent({ userId: '4711' });
    await expect(test.app.get(DomainEvents).publish(event)).rejects.toThrow(
      'the durable event account.registered must be part of a transaction: do it within Transactions.transaction()',
    );
    expect(await rows()).toEqual([]);
  });

  it('is delivered by polling where the process died after the commit', async () => {
    await leave();
    await worker().poll();
    await worker().settled();
    expect({ heard, rows: await rows() }).toEqual({ heard: ['1'], rows: [] });
  });

  it('is left alone while another instance delivers it, and taken over after that', async () => {
    await leave({ tries: 1, due_time: new Date(Date.now() + 60_000) });
    await worker().poll();
    await worker().settled();
    expect(heard).toEqual([]);
    await deliverDue();
    expect(heard).toEqual(['1']);
  });

  it('waits for a listener that only another version of the service has', async () => {
    await leave({ listener: 'Newer.hear' });
    await leave({ event: 'newer.event' });
    await deliverDue();
    expect((await rows()).map(({ tries }) => tries)).toEqual([0, 0]);
  });

  it('goes out in its turn where there are many', async () => {
    await test.app.get(Database).transaction(async () => {
      for (let id = 1; id <= 45; id += 1) {
        const event = new AccountRegisteredEvent({ userId: String(id) });
        await test.app.get(DomainEvents).publish(event);
      }
    });
    await worker().settled();
    expect(heard.map(Number).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 45 }, (_, index) => index + 1),
    );
    expect(await rows()).toEqual([]);
  });
});

describe('a listener that fails', () => {
  let logged: jest.SpiedFunction<Logger['error']>;

  beforeEach(() => {
    jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    logged = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
  });

  it('is tried again later, and later each time, and no other listener with it', async () => {
    let others = 0;
    test.app.get(EventListeners).add(AccountRegisteredEvent, 'Test.other', () => {
      others += 1;
    });
    hear = () => Promise.reject(new Error('not now'));
    await publish('4711');
    await worker().settled();
    const row = { ...ROW, payload: { userId: '4711' }, failed: false };
    expect(await rows()).toEqual([{ ...row, tries: 1, due_in: 5 }]);
    await deliverDue();
    expect(await rows()).toEqual([{ ...row, tries: 2, due_in: 10 }]);
    hear = ({ payload }) => {
      heard.push(payload.userId);
    };
    await worker().poll();
    await worker().settled();
    expect(heard).toEqual([]);
    await deliverDue();
    expect({ heard, others, rows: await rows() }).toEqual({
      heard: ['4711'],
      others: 1,
      rows: [],
    });
  });

  it('is given up after the last try; the event is kept, logged, counted, and can be sent again', async () => {
    const before = { ...worker().counts };
    hear = () => {
      heard.push('tried');
      throw new Error('never');
    };
    await publish('4711');
    await worker().settled();
    for (let times = 0; times < 5; times += 1) await deliverDue();
    expect(heard).toHaveLength(TRIES);
    expect(await rows()).toEqual([
      expect.objectContaining({ payload: { userId: '4711' }, tries: TRIES, failed: true }),
    ]);
    expect(logged.mock.calls).toEqual([
      [
        expect.objectContaining({
          msg: 'an event listener failed, and was given up',
          ...ROW,
          tries: TRIES,
          err: new Error('never'),
        }),
      ],
    ]);
    expect(worker().counts).toEqual({
      // To the other listener.
      delivered: before.delivered + 1,
      retried: before.retried + TRIES - 1,
      given_up: before.given_up + 1,
    });
    expect(worker().backlog).toEqual({ pending: 0, failed: 1 });

    hear = () => {
      heard = ['heard'];
    };
    expect(await test.app.get(OutboxRepository).retryGivenUp(undefined, 10)).toHaveLength(1);
    await worker().poll();
    await worker().settled();
    expect({ heard, rows: await rows() }).toEqual({ heard: ['heard'], rows: [] });
  });

  it('is given up unheard where its last try took the process with it', async () => {
    await leave({ tries: TRIES });
    await deliverDue();
    expect(heard).toEqual([]);
    expect(await rows()).toEqual([expect.objectContaining({ failed: true })]);
  });

  it('is given what was tried before one by one, lest it ends the process amid others', async () => {
    let underWay = 0;
    const together: number[] = [];
    hear = async () => {
      underWay += 1;
      await sleep(20);
      together.push(underWay);
      underWay -= 1;
    };
    for (const tries of [0, 1, 0, 1, 0, 2]) await leave({ tries });
    await deliverDue();
    expect(together).toEqual([3, 2, 1, 1, 1, 1]);
    expect(await rows()).toEqual([]);
  });

  it('keeps no other event from being heard', async () => {
    hear = ({ payload }) => {
      if (payload.userId === '1') throw new Error('poison');
      heard.push(payload.userId);
    };
    await leave();
    await leave({ payload: { userId: '2' } });
    await deliverDue();
    expect(heard).toEqual(['2']);
    expect(await rows()).toEqual([expect.objectContaining({ payload: { userId: '1' } })]);
  });
});

describe('what was given up', () => {
  // Only the instance with the setting is to clean up.
  beforeAll(() => test.app.get(SchedulerRegistry).getCronJob(ExpiredRowsCleaner.jobName).stop());

  const daysAgo = (days: number): Date => new Date(Date.now() - days * 86_400_000);

  const left = async () =>
    (await rows()).map(({ payload }) => (payload as { userId: string }).userId);

  it('is removed when its retention is over; nothing else is', async () => {
    await leave({ payload: { userId: 'old' }, tries: TRIES, failed_time: daysAgo(91) });
    await leave({ payload: { userId: 'recent' }, tries: TRIES, failed_time: daysAgo(89) });
    await leave({ payload: { userId: 'waiting' }, tries: 1, add_time: daysAgo(400) });
    await test.app.get(ExpiredRowsCleaner).clean();
    expect(await left()).toEqual(['recent', 'waiting']);
  });

  it('is removed however much it is', async () => {
    await test.db.query(
      `INSERT INTO sxo_event_delivery (event, listener, payload, failed_time)
       SELECT $1, $2, '{}', $3 FROM generate_series(1, 2500)`,
      [ROW.event, ROW.listener, daysAgo(91)],
    );
    await test.app.get(ExpiredRowsCleaner).clean();
    expect(await rows()).toEqual([]);
  });

  it('is kept for ever where the setting says so', async () => {
    const keeping = await start({
      DATABASE_URL: test.databaseUrl,
      EVENT_FAILED_RETENTION_DAYS: '0',
    });
    await leave({ payload: { userId: 'old' }, failed_time: daysAgo(10_000) });
    await keeping.app.get(ExpiredRowsCleaner).clean();
    await keeping.close();
    expect(await left()).toEqual(['old']);
  });
});

it('waits for no listener longer than it may take, and lets what it does then be of no effect', async () => {
  jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
  const impatient = await start({
    DATABASE_URL: test.databaseUrl,
    EVENT_LISTENER_TIMEOUT_MS: '100',
  });
  try {
    hear = () => new Promise(() => undefined);
    await publish('4711', impatient);
    await worker(impatient).settled();
    expect(await rows()).toEqual([expect.objectContaining({ tries: 1, failed: false, due_in: 5 })]);
  } finally {
    await impatient.close();
  }
});

it('has a claim that has lapsed remove nothing of the next one', async () => {
  let goOn = (): void => undefined;
  hear = () => new Promise((resolve) => (goOn = resolve));
  await publish('4711');
  const ofListener = async () => (await rows()).filter(({ listener }) => listener === ROW.listener);
  while ((await ofListener())[0]?.tries !== 1) await sleep(5);
  await test.db.query('UPDATE sxo_event_delivery SET tries = 2 WHERE listener = $1', [
    ROW.listener,
  ]);
  goOn();
  await worker().settled();
  expect(await rows()).toEqual([expect.objectContaining({ ...ROW, tries: 2 })]);
});

it('leaves what another instance is claiming, and does not wait for it', async () => {
  await leave();
  await leave({ payload: { userId: '2' } });
  const other = await test.db.connect();
  try {
    await other.query('BEGIN');
    await other.query(
      `UPDATE sxo_event_delivery SET tries = 1, due_time = now() + interval '1 minute'
       WHERE payload = '{"userId": "1"}'`,
    );
    await worker().poll();
    await worker().settled();
    expect(heard).toEqual(['2']);
  } finally {
    await other.query('COMMIT');
    other.release();
  }
  expect(await rows()).toEqual([expect.objectContaining({ payload: { userId: '1' }, tries: 1 })]);
});

it('delivers each event once while several instances are there', async () => {
  const second = await start({ DATABASE_URL: test.databaseUrl });
  try {
    const ids = Array.from({ length: 60 }, (_, index) => String(index));
    await test.db.query(
      `INSERT INTO sxo_event_delivery (event, listener, payload)
       SELECT $1, $2, jsonb_build_object('userId', id) FROM unnest($3::text[]) id`,
      [ROW.event, ROW.listener, ids],
    );
    const by = { first: 0, second: 0 };
    const count = (of: TestApp, name: keyof typeof by): void => {
      const { deliver } = of.app.get(EventListeners).find(ROW.event, ROW.listener)!;
      jest
        .spyOn(of.app.get(EventListeners).find(ROW.event, ROW.listener)!, 'deliver')
        .mockImplementation(async (payload) => {
          by[name] += 1;
          // Both are at it before either is done.
          while (by.first === 0 || by.second === 0) await sleep(1);
          await deliver(payload);
        });
    };
    count(test, 'first');
    count(second, 'second');
    await Promise.all([worker().poll(), worker(second).poll()]);
    await Promise.all([worker().settled(), worker(second).settled()]);
    expect(heard.toSorted()).toEqual(ids.toSorted());
    expect(by.first + by.second).toBe(60);
    expect(await rows()).toEqual([]);
  } finally {
    await second.close();
  }
});

it('lets a listener finish when it is stopped, and claims nothing more', async () => {
  const stopping = await start({ DATABASE_URL: test.databaseUrl });
  let goOn = (): void => undefined;
  const entered = new Promise<void>((resolve) => {
    hear = async ({ payload }) => {
      resolve();
      await new Promise<void>((done) => (goOn = done));
      heard.push(payload.userId);
    };
  });
  await publish('4711', stopping);
  await entered;
  const stop = jest.spyOn(worker(stopping), 'onApplicationShutdown');
  const closed = stopping.close();
  while (stop.mock.calls.length === 0) await sleep(5);
  await leave();
  await worker(stopping).poll();
  goOn();
  await closed;
  expect(heard).toEqual(['4711']);
  expect(await rows()).toEqual([expect.objectContaining({ payload: { userId: '1' }, tries: 0 })]);
});

it('waits no longer for a listener than for requests', async () => {
  const stopping = await start({ DATABASE_URL: test.databaseUrl, SHUTDOWN_TIMEOUT_MS: '200' });
  const entered = new Promise<void>((resolve) => {
    hear = () => new Promise(() => resolve());
  });
  await publish('4711', stopping);
  await entered;
  await stopping.close();
  expect(await rows()).toEqual([expect.objectContaining({ tries: 1 })]);
});

it('says once that the outbox cannot be read, and goes on when it can', async () => {
  const logged = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
  await test.db.query('ALTER TABLE sxo_event_delivery RENAME TO away');
  await worker().poll();
  await worker().poll();
  await test.db.query('ALTER TABLE away RENAME TO sxo_event_delivery');
  expect(logged.mock.calls.map(([line]: unknown[]) => line)).toEqual([
    expect.objectContaining({ msg: 'the outbox could not be read' }),
  ]);
  await leave();
  await worker().poll();
  await worker().settled();
  expect(heard).toEqual(['1']);
});

describe('the service', () => {
  it('tells of a registration', async () => {
    const { body } = await test.http
      .post('/user/reg')
      .send({ type: 'username', accounts: 'someone', pwd: PASSWORD });
    await worker().settled();
    expect(heard).toEqual([body.data.id]);
  });

  it('tells of a closed account, in the transaction that closes it', async () => {
    let closed: string[] = [];
    test.app.get(EventListeners).add(AccountClosedEvent, 'Test.closed', ({ payload }) => {
      closed = [...closed, payload.userId];
    });
    const user = await createUser(test.db);
    const close = () => test.http.post('/safety/logout').send({ token: user.token });
    await test.db.query('ALTER TABLE sxo_event_delivery RENAME TO away');
    expect((await close()).body.code).toBe(-500);
    await test.db.query('ALTER TABLE away RENAME TO sxo_event_delivery');
    const holder = await test.db.connect();
    await holder.query('BEGIN');
    await holder.query('LOCK TABLE sxo_event_delivery');
    const answer = close().then(({ body }) => body.code as number);
    await lockAwaited(test.db);
    const { rows: before } = await test.db.query(
      'SELECT FROM sxo_user WHERE id = $1 AND is_logout_time IS NULL',
      [user.id],
    );
    await holder.query('ROLLBACK');
    holder.release();
    expect(before).toHaveLength(1);
    expect(await answer).toBe(0);
    await worker().settled();
    expect(closed).toEqual([user.id]);
    expect(await rows()).toEqual([]);
  });
});
