import { createUser, type TestUser } from '../support/accounts.js';
import { PUBLIC_URL, startTestApp, type TestApp } from '../support/test-app.js';

interface Entry {
  readonly id: string;
  readonly action_text: string;
  readonly changes: { readonly field: string; readonly name: string }[];
}

let test: TestApp;
let user: TestUser;

const changes = (parameters: object = {}, token = user.token) =>
  test.http.post('/personal/changes').send({ token, ...parameters });

const save = (parameters: object, token = user.token) =>
  test.http
    .post('/personal/save')
    .set('X-Request-Id', 'request-4711')
    .send({ token, application_client_type: 'h5', ...parameters });

/** Adds entries, the oldest with request id 1. */
const fill = (count: number, userId = user.id) =>
  test.db.query(
    `INSERT INTO sxo_user_audit (user_id, action, changes, request_id, application_client_type,
       system_type, client_address)
     SELECT $1, 'session.opened', '{}', n, 'pc', 'default', '' FROM generate_series(1, $2) n`,
    [userId, count],
  );

beforeAll(async () => {
  test = await startTestApp();
});

afterAll(async () => {
  await test.close();
});

beforeEach(async () => {
  user = await createUser(test.db, { nickname: 'before' });
});

it("shows the user's own changes, the newest first", async () => {
  const path = '/static/upload/images/user_avatar/2022/11/a.jpg';
  await test.db.query('INSERT INTO sxo_user_avatar (path, user_id) VALUES ($1, $2)', [
    path,
    user.id,
  ]);
  await save({ nickname: 'first' });
  await save({ nickname: 'second', birthday: '1990-05-06', gender: 1, avatar: PUBLIC_URL + path });
  await test.db.query(
    `UPDATE sxo_user_audit SET add_time = '2022-11-19 12:08:09.9Z' WHERE user_id = $1`,
    [user.id],
  );
  const { status, body } = await changes();
  const entry = {
    id: expect.stringMatching(/^\d+$/),
    add_time: '1668859689',
    add_time_text: '2022-11-19 20:08:09',
    action: 'profile.changed',
    action_text: '修改个人资料',
    application_client_type: 'h5',
    client_address: '127.0.0.1',
    request_id: 'request-4711',
  };
  const defaultAvatar = `${PUBLIC_URL}/static/index/default/images/default-user-avatar.jpg`;
  expect(status).toBe(200);
  expect(body).toEqual({
    msg: 'success',
    code: 0,
    data: {
      total: 2,
      page_total: 1,
      page: 1,
      page_size: 20,
      data: [
        {
          ...entry,
          changes: [
            { field: 'nickname', name: '昵称', old: 'first', new: 'second' },
            { field: 'birthday', name: '生日', old: '', new: '1990-05-06' },
            { field: 'gender', name: '性别', old: '0', new: '1' },
            { field: 'avatar', name: '头像', old: defaultAvatar, new: PUBLIC_URL + path },
          ],
        },
        {
          ...entry,
          changes: [{ field: 'nickname', name: '昵称', old: 'before', new: 'first' }],
        },
      ],
    },
  });
  const [newest, oldest] = body.data.data as Entry[];
  expect(Number(newest!.id)).toBeGreaterThan(Number(oldest!.id));
});

it('shows sessions by their ids, and nothing of their tokens', async () => {
  const { rows } = await test.db.query<{ id: string }>(
    `INSERT INTO sxo_user_session (user_id, token_hash, system_type, application_client_type)
     SELECT $1, sha256(n::text::bytea), 'default', 'pc' FROM generate_series(1, 2) n RETURNING id`,
    [user.id],
  );
  await test.http.post('/user/sessionrevoke').send({ token: user.token, id: 'others' });
  const { body } = await changes();
  expect(body.data.data).toEqual([
    expect.objectContaining({
      action: 'session.others_revoked',
      changes: [
        { field: 'sessions', name: '会话', old: rows.map(({ id }) => id).join(', '), new: '' },
      ],
    }),
  ]);
});

it("never shows another user's, whoever is named", async () => {
  const stranger = await createUser(test.db);
  await save({ nickname: 'secret' }, stranger.token);
  const named = { user_id: stranger.id, id: stranger.id, uid: stranger.id };
  const { body } = await changes(named);
  expect(body).toMatchObject({ code: 0, data: { total: 0, page_total: 0, data: [] } });
  expect((await changes({}, stranger.token)).body.data.total).toBe(1);
  expect((await test.http.post('/personal/changes').send(named)).body.code).toBe(-400);
});

it.each([
  ['en', 'Profile changed', 'Nickname'],
  ['cht', '修改個人資料', '暱稱'],
  ['spa', 'Perfil modificado', 'Apodo'],
])('names actions and fields in the language of the request: %s', async (lang, action, field) => {
  await save({ nickname: 'after' });
  const { body } = await test.http.get(`/personal/changes?token=${user.token}&lang=${lang}`);
  const [entry] = body.data.data as Entry[];
  expect([entry!.action_text, entry!.changes[0]!.name]).toEqual([action, field]);
});

describe('a page', () => {
  const shown = async (parameters: object): Promise<string[]> => {
    const { body } = await changes(parameters);
    return (body.data.data as { request_id: string }[]).map(({ request_id }) => request_id);
  };

  it('follows the one before, without a gap', async () => {
    await fill(5);
    await fill(3, (await createUser(test.db)).id);
    expect(await shown({ page: 1, page_size: 2 })).toEqual(['5', '4']);
    expect(await shown({ page: '2', page_size: '2' })).toEqual(['3', '2']);
    expect(await shown({ page: 3, page_size: 2 })).toEqual(['1']);
    expect(await shown({ page: 4, page_size: 2 })).toEqual([]);
    const { body } = await changes({ page: 3, page_size: 2 });
    expect(body.data).toMatchObject({ total: 5, page_total: 3, page: 3, page_size: 2 });
  });

  it('has twenty entries unless another size is asked for, and a hundred at most', async () => {
    await fill(120);
    expect(await shown({})).toHaveLength(20);
    expect(await shown({ page_size: 100 })).toHaveLength(100);
    const { body } = await test.http.get(`/personal/changes?token=${user.token}&page=2`);
    expect(body.data).toMatchObject({ total: 120, page_total: 6, page: 2, page_size: 20 });
  });

  it('shows none but the newest ten thousand', async () => {
    await fill(10_001);
    const { body } = await changes({ page: 100, page_size: 100 });
    expect(body.data).toMatchObject({ total: 10_000, page_total: 100 });
    expect((body.data.data as { request_id: string }[]).at(-1)!.request_id).toBe('2');
    expect(await shown({ page: 101, page_size: 100 })).toEqual([]);
    expect(await shown({ page: 10_000, page_size: 1 })).toEqual(['2']);
  });

  it.each([
    ['page', 0],
    ['page', -1],
    ['page', 10_001],
    ['page', 'x'],
    ['page', null],
    ['page_size', 0],
    ['page_size', 101],
    ['page_size', '1e1'],
    ['page_size', []],
  ])('is refused where %s is %j', async (field, value) => {
    const { status, body } = await changes({ [field]: value });
    expect({ status, body }).toEqual({
      status: 200,
      body: { msg: expect.stringContaining(`（${field}）`), code: -1, data: [] },
    });
  });
});
