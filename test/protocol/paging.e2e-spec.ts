import { Database } from '../../src/database/database.js';
import { findPage, LONGEST_LIST } from '../../src/database/find-page.js';
import { UserAudit } from '../../src/modules/audit/entities/user-audit.entity.js';
import { User } from '../../src/modules/personal/entities/user.entity.js';
import { pageOf } from '../../src/protocol/request/paging.js';
import { createUser, type TestUser } from '../support/accounts.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let test: TestApp;
let user: TestUser;

beforeAll(async () => {
  test = await startTestApp();
});

beforeEach(async () => {
  user = await createUser(test.db);
});

afterAll(() => test.close());

/** Adds entries, the oldest with request id 1. */
const fill = (count: number) =>
  test.db.query(
    `INSERT INTO sxo_user_audit (user_id, action, changes, request_id, application_client_type,
       system_type, client_address)
     SELECT $1, 'session.opened', '{}', n, 'pc', 'default', '' FROM generate_series(1, $2) n`,
    [user.id, count],
  );

const entries = () => test.app.get(Database).repository(UserAudit);

type Found = [UserAudit[], number];

const WAYS: [string, (page: number, page_size: number) => Promise<Found>][] = [
  [
    'a repository',
    (page, page_size) =>
      findPage(
        entries(),
        { page, page_size },
        { where: { user_id: user.id }, order: { id: 'DESC' } },
      ),
  ],
  [
    'a query builder',
    (page, page_size) =>
      findPage(
        entries()
          .createQueryBuilder('entry')
          .where('entry.user_id = :userId', { userId: user.id })
          .orderBy('entry.id', 'DESC'),
        { page, page_size },
      ),
  ],
];

const shown = ([rows, total]: Found) => ({ rows: rows.map((row) => row.request_id), total });

describe.each(WAYS)('a page of %s', (_, find) => {
  it('has its rows in their order, and the length of the whole list', async () => {
    await fill(5);
    expect(shown(await find(1, 2))).toEqual({ rows: ['5', '4'], total: 5 });
    expect(shown(await find(3, 2))).toEqual({ rows: ['1'], total: 5 });
    expect(shown(await find(4, 2))).toEqual({ rows: [], total: 5 });
  });

  it('of an empty list is empty', async () => {
    expect(shown(await find(1, 20))).toEqual({ rows: [], total: 0 });
  });

  it('is one of the newest so many rows, however long the list is', async () => {
    await fill(LONGEST_LIST + 2);
    expect(shown(await find(LONGEST_LIST, 1))).toEqual({ rows: ['3'], total: LONGEST_LIST });
    expect(shown(await find(LONGEST_LIST + 1, 1))).toEqual({ rows: [], total: LONGEST_LIST });
  });

  it('is read within the open transaction', async () => {
    await fill(3);
    const inside = test.app.get(Database).transaction(async () => {
      await entries().delete({ user_id: user.id, request_id: '3' });
      return find(1, 20);
    });
    expect(shown(await inside)).toEqual({ rows: ['2', '1'], total: 2 });
  });
});

it('of rows with several joined ones has each once, and counts each once', async () => {
  const users = [user, await createUser(test.db), await createUser(test.db)];
  for (user of users) await fill(4);
  const page = (number: number): Promise<[User[], number]> =>
    findPage(
      test.app
        .get(Database)
        .repository(User)
        .createQueryBuilder('user')
        .innerJoin(UserAudit, 'entry', 'entry.user_id = user.id')
        .where('user.id IN (:...ids)', { ids: users.map(({ id }) => id) })
        .orderBy('user.id'),
      { page: number, page_size: 2 },
    );
  const ids = ([rows, total]: [User[], number]) => ({ total, ids: rows.map(({ id }) => id) });
  const [first, second, third] = users.map(({ id }) => id);
  expect(ids(await page(1))).toEqual({ total: 3, ids: [first, second] });
  expect(ids(await page(2))).toEqual({ total: 3, ids: [third] });
  expect(ids(await page(3))).toEqual({ total: 3, ids: [] });
});

it.each([
  [0, 20, 0],
  [20, 20, 1],
  [21, 20, 2],
])('a list of %i entries, %i to a page, has %i pages', (total, page_size, page_total) => {
  expect(pageOf({ page: 1, page_size }, [[1, 2], total], String)).toEqual({
    total,
    page_total,
    page: 1,
    page_size,
    data: ['1', '2'],
  });
});
