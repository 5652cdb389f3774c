import fc from 'fast-check';
import { Transactions } from '../../src/database/transactions.js';
import { OutboxWorker } from '../../src/events/outbox.worker.js';
import {
  type IntegralChange,
  type IntegralOutcome,
  UserIntegralService,
} from '../../src/modules/user-integral/user-integral.service.js';
import { createUser, type TestUser } from '../support/accounts.js';
import { lockAwaited } from '../support/database-locks.js';
import { PUBLIC_URL, startTestApp, type TestApp } from '../support/test-app.js';
import { UniAppClient } from '../support/uniapp-client.js';
import { bearer, json, send } from '../support/wire.js';
import { givenPages, partOf } from '../support/given-pages.js';

const MOST = 2_147_483_647;

interface Shown {
  readonly msg: string;
  readonly original_integral: string;
  readonly new_integral: string;
}

interface Listed {
  readonly total: number;
  readonly page_total: number;
  readonly data: readonly Shown[];
  readonly user_integral_header?: {
    readonly available: { readonly icon: string; readonly value: string };
    readonly locking: { readonly icon: string; readonly value: string };
  };
}

let test: TestApp;
let user: TestUser;

beforeAll(async () => {
  test = await startTestApp();
});

beforeEach(async () => {
  user = await createUser(test.db, { integral: 10, locking_integral: 3 });
});

afterAll(() => test.close());

const change = (amount: number, more: Partial<IntegralChange> = {}): Promise<IntegralOutcome> =>
  test.app.get(UserIntegralService).change({
    userId: user.id,
    kind: 'valid',
    amount,
    reason: `by ${amount}`,
    language: 'zh',
    ...more,
  });

const transaction = <Result>(work: () => Promise<Result>): Promise<Result> =>
  test.app.get(Transactions, { strict: false }).transaction(work);

const call = async (body: unknown = {}, { token } = user, query = '') =>
  (await send(test.url, json(`/userintegral/index${query}`, body, bearer(token)))).body;

const list = async (body: object = {}): Promise<Listed> => {
  const answer = await call(body);
  expect(answer).toMatchObject({ msg: 'success', code: 0 });
  return answer.data as Listed;
};

/** The balance, the changes in the log and the number of messages. */
const state = async ({ id } = user) => {
  const [balance, log, messages] = await Promise.all([
    test.db.query('SELECT integral, locking_integral FROM sxo_user WHERE id = $1', [id]),
    test.db.query<{ change: string }>(
      `SELECT original_integral || ' ' || new_integral AS change
       FROM sxo_user_integral_log WHERE user_id = $1 ORDER BY id`,
      [id],
    ),
    test.db.query('SELECT FROM sxo_message WHERE user_id = $1', [id]),
  ]);
  return {
    ...(balance.rows[0] as { integral: number; locking_integral: number }),
    log: log.rows.map((row) => row.change),
    messages: messages.rowCount,
  };
};

const UNCHANGED = { integral: 10, locking_integral: 3, log: [], messages: 0 };

it('is closed without a token', async () => {
  expect(await call({}, { ...user, token: '' })).toMatchObject({ code: -400, data: [] });
});

it('shows the uni-app client the balance and how it came about, newest first', async () => {
  const client = new UniAppClient(test.url);
  client.user = user;
  await change(5, { reason: '签到' });
  await change(-3, { kind: 'locked', reason: '<b>解锁</b>', operatorId: '7' });
  const { code, data } = await client.request<Listed>('index', 'userintegral', { page: 1 });
  expect(code).toBe(0);
  const row = {
    id: expect.stringMatching(/^\d+$/),
    add_time: expect.stringMatching(/^\d{10}$/),
    add_time_time: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
    add_time_date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
  };
  const images = `${PUBLIC_URL}/static/index/default/images`;
  expect(data).toEqual({
    total: 2,
    page_total: 1,
    page: 1,
    page_size: 20,
    data: [
      {
        ...row,
        integral_type: '1',
        operation_type: '0',
        original_integral: '3',
        new_integral: '0',
        operation_integral: '3',
        msg: '<b>解锁</b>',
        integral_type_text: '锁定',
        operation_type_text: '减少',
      },
      {
        ...row,
        integral_type: '0',
        operation_type: '1',
        original_integral: '10',
        new_integral: '15',
        operation_integral: '5',
        msg: '签到',
        integral_type_text: '有效',
        operation_type_text: '增加',
      },
    ],
    user_integral_header: {
      available: { icon: `${images}/integral.png`, name: '正常可用', value: '15', unit: '积分' },
      locking: { icon: `${images}/lock.png`, name: '当前锁定', value: '0', unit: '积分' },
    },
  });
});

it('serves the icons', async () => {
  const { user_integral_header: header } = await list();
  for (const { icon } of [header!.available, header!.locking]) {
    const { status, headers } = await test.http.get(icon.slice(PUBLIC_URL.length));
    expect([status, headers['content-type']]).toEqual([200, 'image/png']);
  }
});

it.each([
  ['zh', '有效', '正常可用', '积分'],
  ['en', 'Available', 'Available', 'points'],
  ['cht', '有效', '目前可用', '積分'],
  ['spa', 'Disponibles', 'Disponibles', 'puntos'],
])('names things in the language of the request: %s', async (lang, type, name, unit) => {
  await change(1);
  const { data } = await call({}, user, `?lang=${lang}`);
  expect(data).toMatchObject({
    data: [{ integral_type_text: type }],
    user_integral_header: { available: { name, unit } },
  });
});

describe('a page', () => {
  const fill = (count: number) =>
    test.db.query(
      `INSERT INTO sxo_user_integral_log (user_id, integral_type, operation_type, original_integral,
         new_integral, operation_integral, msg)
       SELECT $1, 0, 1, n - 1, n, 1, n FROM generate_series(1, $2::int) n`,
      [user.id, count],
    );

  it('has the balance where it is the first, and nothing of another user', async () => {
    await fill(3);
    const first = await list({ page_size: 2 });
    expect(first.data.map(({ msg }) => msg)).toEqual(['3', '2']);
    expect(first.user_integral_header).toMatchObject({ available: { value: '10' } });
    const second = await list({ page: 2, page_size: 2 });
    expect(second.data.map(({ msg }) => msg)).toEqual(['1']);
    expect(second).not.toHaveProperty('user_integral_header');
    user = await createUser(test.db);
    expect(await list()).toMatchObject({ total: 0, page_total: 0, data: [] });
  });

  it('of any parameters is its part of the list, or refused with the name of one', async () => {
    const TOTAL = 7;
    await fill(TOTAL);
    const all = Array.from({ length: TOTAL }, (_, index) => String(TOTAL - index));
    await fc.assert(
      fc.asyncProperty(givenPages, async (given) => {
        const answer = await call(given);
        const part = partOf(given);
        if (!part) {
          expect(answer).toMatchObject({ code: -1, data: [] });
          expect(answer.msg).toMatch(/（page(_size)?）/);
          return;
        }
        const { data, user_integral_header: header } = answer.data as Listed;
        expect(data.map(({ msg }) => msg)).toEqual(all.slice(part.start, part.end));
        expect(header !== undefined).toBe(part.start === 0);
      }),
      { seed: 20_221_119, numRuns: 60 },
    );
  });
});

describe('a change', () => {
  it('is in the balance, the log and the messages of the user', async () => {
    expect(await change(7)).toBe('changed');
    expect(await change(-17)).toBe('changed');
    expect(await change(2, { kind: 'locked' })).toBe('changed');
    expect(await state()).toEqual({
      integral: 0,
      locking_integral: 5,
      log: ['10 17', '17 0', '3 5'],
      messages: 3,
    });
  });

  it.each([
    ['zh', 5, '积分变动', '送 &lt;1&gt;[ 有效积分增加5 ]', '积分'],
    ['zh', -5, '积分变动', '送 &lt;1&gt;[ 有效积分减少5 ]', '积分'],
    ['en', 5, 'Your points have changed', '送 &lt;1&gt; [Available points: +5]', 'Points'],
    ['cht', -5, '積分變動', '送 &lt;1&gt;[ 有效積分減少5 ]', '積分'],
    ['spa', -5, 'Sus puntos han cambiado', '送 &lt;1&gt; [Disponibles: −5 puntos]', 'Puntos'],
  ] as const)('tells the user in its language: %s, %i', async (language, amount, ...told) => {
    await change(amount, { language, reason: '送 <1>' });
    const { rows } = await test.db.query(
      `SELECT m.title, m.detail, m.business_type
       FROM sxo_message m JOIN sxo_user_integral_log l ON l.id = m.business_id
       WHERE m.user_id = $1`,
      [user.id],
    );
    expect(rows.map((row: object) => Object.values(row))).toEqual([told]);
  });

  it.each([
    ['valid', -11],
    ['valid', MOST - 9],
    ['valid', -MOST],
    ['locked', -4],
    ['locked', MOST],
  ] as const)('of %s points out of their range (%i) changes nothing', async (kind, amount) => {
    expect(await change(amount, { kind })).toBe('out of range');
    expect(await state()).toEqual(UNCHANGED);
  });

  it.each([0, 1.5, NaN, Infinity, MOST + 1, -MOST - 2])('by %d is a mistake', async (amount) => {
    await expect(change(amount)).rejects.toThrow('a whole number');
    expect(await state()).toEqual(UNCHANGED);
  });

  it('is undone with the transaction of its caller', async () => {
    const work = transaction(async () => {
      expect(await change(5)).toBe('changed');
      throw new Error('undone');
    });
    await expect(work).rejects.toThrow('undone');
    expect(await state()).toEqual(UNCHANGED);
  });

  it('of an account that ends meanwhile is not made', async () => {
    const holder = await test.db.connect();
    await holder.query('BEGIN');
    await holder.query('UPDATE sxo_user SET is_logout_time = now() WHERE id = $1', [user.id]);
    const outcome = change(5);
    await lockAwaited(test.db);
    await holder.query('COMMIT');
    holder.release();
    expect(await outcome).toBe('account ended');
    expect(await state()).toEqual(UNCHANGED);
  });

  it('of many at once is made in turn, down to nothing and no further', async () => {
    const outcomes = await Promise.all(Array.from({ length: 12 }, () => change(-1)));
    expect(outcomes.filter((outcome) => outcome === 'changed')).toHaveLength(10);
    expect(outcomes.filter((outcome) => outcome === 'out of range')).toHaveLength(2);
    const { integral, log } = await state();
    expect(integral).toBe(0);
    expect(log).toEqual(Array.from({ length: 10 }, (_, index) => `${10 - index} ${9 - index}`));
  });

  it('that waits for another one goes on from its balance', async () => {
    const holder = await test.db.connect();
    await holder.query('BEGIN');
    await holder.query('UPDATE sxo_user SET integral = 2 WHERE id = $1', [user.id]);
    const outcomes = Promise.all([change(-2), change(-2)]);
    await lockAwaited(test.db);
    await holder.query('COMMIT');
    holder.release();
    expect((await outcomes).sort()).toEqual(['changed', 'out of range']);
    expect(await state()).toMatchObject({ integral: 0, log: ['2 0'], messages: 1 });
  });

  it('with a reference is made once for a user, also at once', async () => {
    const reference = 'order 1 paid';
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => change(5, { reference })));
    expect(outcomes.sort()).toEqual(['changed', 'known', 'known', 'known']);
    expect(await change(-100, { reference })).toBe('known');
    expect(await change(1, { reference: 'order 2 paid' })).toBe('changed');
    expect(await state()).toMatchObject({ integral: 16, log: ['10 15', '15 16'], messages: 2 });
    user = await createUser(test.db);
    expect(await change(5, { reference })).toBe('changed');
  });
});

it('deletes what an account has when it is closed, and nothing of another one', async () => {
  const other = await createUser(test.db);
  await change(1);
  await change(1, { userId: other.id });
  const { body } = await send(test.url, json('/safety/logout', {}, bearer(user.token)));
  expect(body.code).toBe(0);
  await test.app.get(OutboxWorker).settled();
  expect(await state()).toMatchObject({ log: [], messages: 0 });
  expect(await state(other)).toMatchObject({ log: ['0 1'], messages: 1 });
});
