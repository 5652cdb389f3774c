import fc from 'fast-check';
import { ExpiredRowsCleaner } from '../../src/database/expired-rows.cleaner.js';
import { LONGEST_LIST } from '../../src/database/find-page.js';
import { Transactions } from '../../src/database/transactions.js';
import { OutboxWorker } from '../../src/events/outbox.worker.js';
import { MessageService } from '../../src/modules/message/message.service.js';
import { createUser, type TestUser } from '../support/accounts.js';
import { lockAwaited } from '../support/database-locks.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { UniAppClient } from '../support/uniapp-client.js';
import { bearer, json, send as request } from '../support/wire.js';
import { givenPages, partOf } from '../support/given-pages.js';

interface Shown {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  readonly is_read: string;
}

interface Listed {
  readonly total: number;
  readonly page_total: number;
  readonly data: readonly Shown[];
}

let test: TestApp;
let user: TestUser;

beforeAll(async () => {
  test = await startTestApp();
});

beforeEach(async () => {
  user = await createUser(test.db);
});

afterAll(() => test.close());

const service = () => test.app.get(MessageService);

const send = (title: string, { text = '', to = user, reference = '' } = {}): Promise<void> =>
  service().send({
    userId: to.id,
    title,
    text,
    businessType: '积分',
    ...(reference !== '' && { reference }),
  });

/** Adds rows as they may come from ShopXO's table; the title of each is its number. */
const bring = (count: number, columns: Record<string, unknown> = {}, of = user) => {
  const names = Object.keys(columns);
  return test.db.query(
    `INSERT INTO sxo_message (user_id, title, detail${names.map((name) => `, ${name}`).join('')})
     SELECT $1, n, 'd'${names.map((_, index) => `, $${index + 3}`).join('')}
     FROM generate_series(1, $2::int) n`,
    [of.id, count, ...Object.values(columns)],
  );
};

const call = async (body: unknown = {}, { token } = user, query = '') =>
  (await request(test.url, json(`/message/index${query}`, body, bearer(token)))).body;

const list = async (body: object = {}, of = user): Promise<Listed> => {
  const answer = await call(body, of);
  expect(answer).toMatchObject({ msg: 'success', code: 0 });
  return answer.data as Listed;
};

const titles = ({ data }: Listed): string[] => data.map(({ title }) => title);

/** The titles of a user's unread messages, the oldest first. */
const unread = async (of = user): Promise<string[]> => {
  const { rows } = await test.db.query<{ title: string }>(
    'SELECT title FROM sxo_message WHERE user_id = $1 AND NOT is_read ORDER BY id',
    [of.id],
  );
  return rows.map(({ title }) => title);
};

const countOf = async (of = user): Promise<number> =>
  (await test.db.query('SELECT FROM sxo_message WHERE user_id = $1', [of.id])).rowCount!;

it('is closed without a token, and to GET', async () => {
  await send('one');
  expect(await call({}, { ...user, token: '' })).toMatchObject({ code: -400, data: [] });
  const { status, body } = (await test.http.get(`/message/index?token=${user.token}`)) as never;
  expect([status, body]).toMatchObject([405, { code: -1000 }]);
  expect(await unread()).toEqual(['one']);
});

it("shows the uni-app client a user's messages, newest first", async () => {
  const client = new UniAppClient(test.url);
  client.user = user;
  expect(await client.request('index', 'message', { page: 1 })).toEqual({
    msg: 'success',
    code: 0,
    data: { total: 0, page_total: 0, page: 1, page_size: 20, data: [] },
  });
  await send('one', { text: 'a\nb' });
  await send('two');
  const { data } = await client.request<Listed>('index', 'message', { page: 1 });
  expect(data).toMatchObject({ total: 2, page_total: 1, data: [{ title: 'two' }, {}] });
  expect(data.data[1]).toEqual({
    id: expect.stringMatching(/^\d+$/),
    title: 'one',
    detail: 'a<br>b',
    business_id: '0',
    business_type: '积分',
    type: '0',
    is_read: '1',
    add_time: expect.stringMatching(/^\d{10}$/),
    type_text: '默认',
    is_read_text: '已读',
    add_time_time: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
    add_time_date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
  });
});

it.each([
  ['zh', '默认', '已读'],
  ['en', 'General', 'Read'],
  ['cht', '一般', '已讀'],
  ['spa', 'General', 'Leído'],
])('names type and state in the language of the request: %s', async (lang, type, read) => {
  await send('one');
  const { data } = await call({}, user, `?lang=${lang}`);
  expect(data.data).toMatchObject([{ type_text: type, is_read_text: read }]);
});

describe('reading', () => {
  it('marks what is shown, and nothing else', async () => {
    const other = await createUser(test.db);
    await bring(5);
    await bring(1, {}, other);
    expect(titles(await list({ page_size: 2 }))).toEqual(['5', '4']);
    expect(await unread()).toEqual(['1', '2', '3']);
    expect(titles(await list({ page_size: 2, page: 3 }))).toEqual(['1']);
    expect(await unread()).toEqual(['2', '3']);
    expect(await list({ page_size: 2, page: 4 })).toMatchObject({ total: 5, data: [] });
    expect(await unread()).toEqual(['2', '3']);
    expect(await unread(other)).toEqual(['1']);
  });

  it('page by page shows every message, also while others come', async () => {
    await bring(7);
    const shown: string[] = [];
    for (const page of [1, 2, 3, 4, 5]) {
      shown.push(...titles(await list({ page, page_size: 2 })));
      if (page < 3) await send(`new ${page}`);
    }
    expect(['1', '2', '3', '4', '5', '6', '7'].filter((title) => !shown.includes(title))).toEqual(
      [],
    );
    expect(await unread()).toEqual(['new 1', 'new 2']);
  });

  it('twice at once waits for the other, and shows the same', async () => {
    await bring(3);
    const holder = await test.db.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT FROM sxo_message WHERE user_id = $1 FOR UPDATE', [user.id]);
    const both = Promise.all([list(), list()]);
    await lockAwaited(test.db);
    await holder.query('COMMIT');
    holder.release();
    for (const shown of await both) expect(titles(shown)).toEqual(['3', '2', '1']);
    expect(await unread()).toEqual([]);
  });

  it('pages that overlap, many at once, fails for none', async () => {
    await bring(40);
    const sizes = Array.from({ length: 20 }, (_, index) => index * 2 + 1);
    const shown = await Promise.all(sizes.map((page_size) => list({ page_size })));
    expect(shown.map(({ data }) => data.length)).toEqual(sizes);
    expect(await unread()).toEqual(['1']);
  });

  it('shows and counts no message that was deleted', async () => {
    await bring(1);
    await bring(1, { is_delete_time: new Date() });
    await bring(1, { user_is_delete_time: new Date() });
    expect(await service().unreadCount(user.id)).toBe(1);
    expect(await list()).toMatchObject({ total: 1, data: [{ title: '1' }] });
    expect(await service().unreadCount(user.id)).toBe(0);
  });
});

it('counts what a user has not read, up to 100', async () => {
  const other = await createUser(test.db);
  await bring(101, {}, other);
  await bring(3);
  expect(await service().unreadCount(user.id)).toBe(3);
  expect(await service().unreadCount(other.id)).toBe(100);
  await list({ page_size: 1 });
  expect(await service().unreadCount(user.id)).toBe(2);
});

describe('a page', () => {
  const TOTAL = 7;

  it.each([
    ['page', 0],
    ['page', 10_001],
    ['page', 'x'],
    ['page', [1]],
    ['page_size', 0],
    ['page_size', 101],
    ['page_size', null],
    ['page_size', { $gt: 0 }],
  ])('of a wrong %s (%j) is refused, and marks nothing', async (field, value) => {
    await send('one');
    const answer = await call({ [field]: value });
    expect(answer).toEqual({ msg: expect.stringContaining(`（${field}）`), code: -1, data: [] });
    expect(await unread()).toEqual(['one']);
  });

  it('of any parameters is its part of the list, or refused with the name of one', async () => {
    await bring(TOTAL);
    const all = Array.from({ length: TOTAL }, (_, index) => String(TOTAL - index));
    await fc.assert(
      fc.asyncProperty(givenPages, async (given) => {
        await test.db.query('UPDATE sxo_message SET is_read = false WHERE user_id = $1', [user.id]);
        const answer = await call(given);
        const part = partOf(given);
        if (!part) {
          expect(answer).toMatchObject({ code: -1, data: [] });
          expect(answer.msg).toMatch(/（page(_size)?）/);
          expect(await unread()).toHaveLength(TOTAL);
          return;
        }
        const shown = all.slice(part.start, part.end);
        expect(titles(answer.data as Listed)).toEqual(shown);
        expect(await unread()).toHaveLength(TOTAL - shown.length);
      }),
      { seed: 20_221_119, numRuns: 60 },
    );
  });
});

describe('a detail', () => {
  it('that was sent shows its text, whatever is in it', async () => {
    await send('<b>&', { text: `<img src=x onerror="a('b')">\n&lt;` });
    expect((await list()).data).toMatchObject([
      {
        title: '<b>&',
        detail: '&lt;img src=x onerror=&quot;a(&#39;b&#39;)&quot;&gt;<br>&amp;lt;',
      },
    ]);
  });

  it('that was brought over is HTML without what may harm', async () => {
    await bring(1, { business_type: '订单' });
    await test.db.query('UPDATE sxo_message SET detail = $2 WHERE user_id = $1', [
      user.id,
      '<p onclick="a">b <a href="javascript:c">d</a><script>e</script><b>f</b></p>',
    ]);
    expect((await list()).data).toMatchObject([
      { detail: '<p>b <a href>d</a><b>f</b></p>', business_type: '订单' },
    ]);
  });
});

describe('sending', () => {
  it('is a part of the transaction of its sender', async () => {
    const work = test.app.get(Transactions, { strict: false }).transaction(async () => {
      await send('one');
      throw new Error('undone');
    });
    await expect(work).rejects.toThrow('undone');
    expect(await countOf()).toBe(0);
  });

  it('what has a reference happens once for a user, also at once', async () => {
    const other = await createUser(test.db);
    const reference = 'order 1 paid';
    await Promise.all(Array.from({ length: 5 }, () => send('one', { reference })));
    await send('again', { reference });
    await send('other', { reference, to: other });
    await send('next', { reference: 'order 2 paid' });
    expect(titles(await list())).toEqual(['next', 'one']);
    expect(titles(await list({}, other))).toEqual(['other']);
  });

  it('to an account that is just ending leaves nothing', async () => {
    const holder = await test.db.connect();
    await holder.query('BEGIN');
    await holder.query('UPDATE sxo_user SET is_logout_time = now() WHERE id = $1', [user.id]);
    const sent = send('one');
    await lockAwaited(test.db);
    await holder.query('COMMIT');
    holder.release();
    await sent;
    await send('two');
    expect(await countOf()).toBe(0);
  });

  it('keeps as many as can be paged to, the newest', async () => {
    await bring(LONGEST_LIST + 2);
    await send('new');
    expect(await countOf()).toBe(LONGEST_LIST);
    const last = await list({ page: LONGEST_LIST / 100, page_size: 100 });
    expect(last).toMatchObject({ total: LONGEST_LIST, page_total: LONGEST_LIST / 100 });
    expect(last.data.at(-1)).toMatchObject({ title: '4' });
  });
});

it('deletes what an account has when it is closed, and nothing of another one', async () => {
  const other = await createUser(test.db);
  for (const to of [user, other]) await send('one', { to });
  const { body } = await request(test.url, json('/safety/logout', {}, bearer(user.token)));
  expect(body.code).toBe(0);
  await test.app.get(OutboxWorker).settled();
  expect([await countOf(), await countOf(other)]).toEqual([0, 1]);
});

describe('messages are kept', () => {
  const daysAgo = (days: number) => ({ add_time: new Date(Date.now() - days * 86_400_000) });

  const keptBy = async (MESSAGE_RETENTION_DAYS: string): Promise<string[]> => {
    await bring(1, daysAgo(400));
    await bring(1, { ...daysAgo(366), is_read: true });
    await bring(1, daysAgo(364));
    const of = await startTestApp({ DATABASE_URL: test.databaseUrl, MESSAGE_RETENTION_DAYS });
    try {
      await of.app.get(ExpiredRowsCleaner).clean();
    } finally {
      await of.close();
    }
    const { rows } = await test.db.query<{ days: string }>(
      `SELECT extract(day FROM now() - add_time) AS days
       FROM sxo_message WHERE user_id = $1 ORDER BY id`,
      [user.id],
    );
    return rows.map(({ days }) => days);
  };

  it.each([
    ['', ['364']],
    ['365', ['364']],
    ['380', ['366', '364']],
    ['0', ['400', '366', '364']],
  ])('for %j days, read or not', async (setting, kept) => {
    expect(await keptBy(setting)).toEqual(kept);
  });
});
