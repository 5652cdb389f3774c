import { jest } from '@jest/globals';
import pg from 'pg';
import { createSession, createUser, type TestUser } from '../support/accounts.js';
import { PUBLIC_URL, startTestApp, type TestApp } from '../support/test-app.js';

let test: TestApp;
let user: TestUser;

beforeAll(async () => {
  test = await startTestApp();
});

afterAll(async () => {
  await test.close();
});

beforeEach(async () => {
  await test.db.query('DELETE FROM sxo_user');
  user = await createUser(test.db, {
    username: 'Someone',
    mobile: '13800138000',
    email: 'someone@example.com',
    gender: 2,
    referrer: 12,
    integral: 5,
    pwd: 'hash',
    salt: 'salt',
  });
});

it.each(['get', 'post'] as const)('answers the profile and the genders by %s', async (method) => {
  const { body } = await test.http[method](`/personal/index?token=${user.token}`);
  expect(body).toMatchObject({ msg: 'success', code: 0 });
  expect(Object.keys(body.data)).toEqual(['data', 'gender_list']);
  expect(body.data.data).toMatchObject({
    id: user.id,
    token: user.token,
    mobile: '13800138000',
    mobile_security: '138***000',
    email_security: 'som***com',
    avatar: `${PUBLIC_URL}/static/index/default/images/default-user-avatar.jpg`,
    gender: '2',
    gender_text: '男',
    referrer: '12',
    integral: '5',
    birthday: '',
    upd_time: '0',
    upd_time_text: '',
    user_name_view: 'Someone',
  });
  expect(JSON.stringify(body.data.gender_list)).toBe(
    '[{"id":0,"name":"保密","checked":true},{"id":1,"name":"女"},{"id":2,"name":"男"}]',
  );
});

it('has 41 fields, every one a string, and never the password', async () => {
  const { body, text } = await test.http.get(`/personal/index?token=${user.token}`);
  const values = Object.values(body.data.data as object);
  expect(values).toHaveLength(41);
  expect(values.filter((value) => typeof value !== 'string')).toEqual([]);
  expect(text).not.toMatch(/pwd|salt|hash/);
});

it.each([
  ['en', 'Male', 'Undisclosed'],
  ['cht', '男', '保密'],
  ['spa', 'Hombre', 'No indicado'],
])('names genders in the language of the request: %s', async (lang, own, first) => {
  const { body } = await test.http.get(`/personal/index?token=${user.token}&lang=${lang}`);
  expect(body.data.data.gender_text).toBe(own);
  expect(body.data.gender_list[0].name).toBe(first);
});

it("shows the platform identities of the session's system and client type, not the request's", async () => {
  const insert = (system: string, platform: string, openid: string) =>
    test.db.query(
      `INSERT INTO sxo_user_platform (user_id, system_type, platform, weixin_openid)
       VALUES ($1, $2, $3, $4)`,
      [user.id, system, platform, openid],
    );
  await insert('default', 'weixin', 'wrong system');
  await insert('mall', 'pc', 'wrong client');
  await insert('mall', 'weixin', 'right');
  const token = await createSession(test.db, user.id, {
    system_type: 'mall',
    application_client_type: 'weixin',
  });
  for (const path of ['/personal/index?nickname=x', '/personal/save?']) {
    const { body } = await test.http
      .post(`${path}&application_client_type=pc&system_type=default`)
      .send({ token, nickname: 'x' });
    expect(body.data.data ?? body.data).toMatchObject({
      system_type: 'mall',
      weixin_openid: 'right',
      qq_openid: '',
    });
  }
});

it('costs two statements, as a save does, and one where the session is known', async () => {
  const query = jest.spyOn(pg.Client.prototype, 'query');
  const count = async (path: string) => {
    query.mockClear();
    const { body } = await test.http.post(path).send({ token: user.token, nickname: 'counted' });
    expect(body.code).toBe(0);
    return query.mock.calls.length;
  };
  const counts = [await count('/personal/save'), await count('/personal/index')];
  user = await createUser(test.db);
  counts.push(await count('/personal/index'), await count('/personal/save'));
  query.mockRestore();
  expect(counts).toEqual([2, 1, 2, 1]);
});
