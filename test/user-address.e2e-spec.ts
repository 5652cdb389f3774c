import { createUser, type TestUser } from './support/accounts.js';
import { startTestApp, type TestApp } from './support/test-app.js';
import { bearer, json, send } from './support/wire.js';

let test: TestApp;
let user: TestUser;

beforeAll(async () => {
  test = await startTestApp();
});

beforeEach(async () => {
  user = await createUser(test.db);
});

afterAll(() => test.close());

const call = async (action: string, body: object = {}, { token } = user) =>
  (await send(test.url, json(`/useraddress/${action}`, body, bearer(token)))).body;

const list = async (of = user) => (await call('index', {}, of)).data.data;

it.each(['index', 'save', 'delete'])('useraddress/%s is closed without a token', async (action) => {
  expect(await call(action, {}, { ...user, token: '' })).toMatchObject({ code: -400, data: [] });
});

it('lists what was saved, newest first', async () => {
  expect(await list()).toEqual([]);
  expect(await call('save', { name: ' one ' })).toEqual({ msg: '操作成功', code: 0, data: '' });
  await call('save', { name: 'two' });
  const time = expect.stringMatching(/^\d{10}$/);
  const text = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  expect(await list()).toEqual(
    ['two', 'one'].map((name) => ({
      id: expect.stringMatching(/^\d+$/),
      name,
      add_time: time,
      add_time_text: text,
    })),
  );
});

it.each([
  [{}, '名称（name）'],
  [{ name: ' ' }, '名称（name）'],
  [{ name: '😀'.repeat(61) }, '60'],
  [{ name: ['x'] }, '名称（name）'],
])('refuses %j, and keeps nothing', async (body, named) => {
  const answer = await call('save', body);
  expect(answer).toEqual({ msg: expect.stringContaining(named), code: -1, data: [] });
  expect(await list()).toEqual([]);
});

it('keeps no more than a user may have, also when all come at once', async () => {
  await test.db.query(
    `INSERT INTO sxo_user_address (user_id, name) SELECT $1, 'x' FROM generate_series(1, 98)`,
    [user.id],
  );
  const answers = await Promise.all(['a', 'b', 'c', 'd'].map((name) => call('save', { name })));
  expect(answers.map(({ code }) => code).sort()).toEqual([-100, -100, 0, 0]);
  expect(await list()).toHaveLength(100);
});

it('deletes the one that is named', async () => {
  await call('save', { name: 'one' });
  await call('save', { name: 'two' });
  const [two] = await list();
  expect(await call('delete', { id: two.id })).toEqual({ msg: '删除成功', code: 0, data: '' });
  expect((await list()).map(({ name }: { name: string }) => name)).toEqual(['one']);
});

it("answers another user's like an unknown one, and leaves it", async () => {
  await call('save', { name: 'one' });
  const [{ id }] = await list();
  const other = await createUser(test.db);
  const unknown = await call('delete', { id: '999999999' }, other);
  expect(unknown).toEqual({ msg: '记录不存在', code: -1, data: [] });
  expect(await call('delete', { id }, other)).toEqual(unknown);
  expect(await list()).toHaveLength(1);
  expect(await list(other)).toEqual([]);
});
