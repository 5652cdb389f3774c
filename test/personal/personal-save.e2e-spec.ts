import { setTimeout as sleep } from 'node:timers/promises';
import { SessionCache } from '../../src/modules/session/session-cache.js';
import { createUser, rowOf, type TestUser } from '../support/accounts.js';
import { PUBLIC_URL, startTestApp, type TestApp } from '../support/test-app.js';

/** The request of ShopXO's own documentation of personal/save. */
const SEED_REQUEST = {
  nickname: 'p001',
  birthday: '2022-11-19',
  province: '上海',
  city: '上海市',
  county: '闵行区',
  gender: '1',
};

const SEED_TOKEN = 'a8422d2fb14dd8323a44e7e0c7bceb47';

/** Its answer, but for the avatar's host, and `upd_time` which is the clock's. */
const seedAnswer = (updTime: string, updTimeText: string): string =>
  `{"msg":"修改成功","code":0,"data":{"id":"469","number_code":"8732997469","system_type":"default",` +
  `"alipay_openid":"","weixin_openid":"","weixin_unionid":"","weixin_web_openid":"",` +
  `"baidu_openid":"","toutiao_openid":"","toutiao_unionid":"","qq_openid":"","qq_unionid":"",` +
  `"kuaishou_openid":"","status":"0","token":"${SEED_TOKEN}","username":"pppppp",` +
  `"nickname":"p001","mobile":"","email":"","gender":"1",` +
  `"avatar":"${PUBLIC_URL}/static/index/default/images/default-user-avatar.jpg",` +
  `"province":"上海","city":"上海市","county":"闵行区","birthday":"2022-11-19",` +
  `"address":"浦江科技广场","integral":"0","locking_integral":"0","referrer":"0",` +
  `"plugins_user_level":"0","plugins_distribution_level":"0","is_delete_time":"0",` +
  `"add_time":"1668859279","upd_time":"${updTime}","add_time_text":"2022-11-19 20:01:19",` +
  `"upd_time_text":"${updTimeText}","gender_text":"女","mobile_security":"","email_security":"",` +
  `"address_info":"上海上海市闵行区浦江科技广场","user_name_view":"pppppp"}}`;

let test: TestApp;

beforeAll(async () => {
  test = await startTestApp();
});

afterAll(async () => {
  await test.close();
});

describe("ShopXO's documented request", () => {
  const createSeedUser = async (): Promise<TestUser> => {
    await test.db.query('DELETE FROM sxo_user WHERE id = 469');
    const user = await createUser(test.db, {
      id: 469,
      number_code: '8732997469',
      username: 'pppppp',
      address: '浦江科技广场',
      add_time: new Date(1_668_859_279_000),
    });
    await test.db.query(`UPDATE sxo_user_session SET token_hash = sha256($1) WHERE user_id = 469`, [
      Buffer.from(SEED_TOKEN),
    ]);
    // The token's session of the test before is gone.
    test.app.get(SessionCache).delete(SEED_TOKEN);
    return user;
  };

  const paths = ['/personal/save', '/api.php?s=personal/save', '/api.php/personal/save'];
  const bodies = ['json', 'form', 'multipart'] as const;

  it.each(paths.flatMap((path) => bodies.map((body) => [path, body] as const)))(
    'is answered byte for byte but for the clock: %s as %s',
    async (path, body) => {
      await createSeedUser();
      const before = Math.floor(Date.now() / 1_000);
      let request = test.http.post(path).set('Authorization', `Bearer ${SEED_TOKEN}`);
      if (body === 'json') request = request.send(SEED_REQUEST);
      if (body === 'form') request = request.type('form').send(SEED_REQUEST);
      if (body === 'multipart') {
        for (const [name, value] of Object.entries(SEED_REQUEST)) request.field(name, value);
      }
      const response = await request;

      expect(response.status).toBe(200);
      expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
      const { data } = response.body as { data: { upd_time: string; upd_time_text: string } };
      expect(Number(data.upd_time)).toBeGreaterThanOrEqual(before);
      expect(Number(data.upd_time)).toBeLessThanOrEqual(Math.ceil(Date.now() / 1_000));
      // The shop's zone has no daylight saving time: UTC+8 all year.
      const shanghai = new Date((Number(data.upd_time) + 8 * 3_600) * 1_000).toISOString();
      const updTimeText = shanghai.slice(0, 19).replace('T', ' ');
      expect(response.text).toBe(seedAnswer(data.upd_time, updTimeText));
    },
  );
});

describe('what a save changes', () => {
  let user: TestUser;

  const save = (parameters: object) =>
    test.http.post('/personal/save').send({ token: user.token, ...parameters });

  beforeEach(async () => {
    user = await createUser(test.db, {
      nickname: 'before',
      birthday: '1990-05-06',
      province: 'P',
      city: 'C',
      county: 'D',
      gender: 2,
      address: 'A',
    });
  });

  it('leaves the columns of absent parameters alone', async () => {
    const before = await rowOf(test.db, user.id);
    const { body } = await save({ nickname: 'after' });
    expect(body.code).toBe(0);
    expect(await rowOf(test.db, user.id)).toEqual({
      ...before,
      nickname: 'after',
      upd_time: expect.any(Date),
    });
  });

  it('clears what is sent empty', async () => {
    const { body } = await save({
      nickname: 'n',
      birthday: '',
      province: '',
      city: '',
      county: '',
      address: '',
    });
    expect(body.data).toMatchObject({
      birthday: '',
      province: '',
      city: '',
      county: '',
      address: '',
      address_info: '',
    });
    expect(await rowOf(test.db, user.id)).toMatchObject({ birthday: null, province: '' });
  });

  it('changes nothing, upd_time included, when one parameter is wrong', async () => {
    const before = await rowOf(test.db, user.id);
    const { body } = await save({ nickname: 'after', province: 'x', address: 'y'.repeat(81) });
    expect(body).toEqual({
      msg: '详细地址（address）不得超过 80 个字符',
      code: -1,
      data: [],
    });
    expect(await rowOf(test.db, user.id)).toEqual(before);
  });

  it('names the first wrong parameter in the order of the documentation', async () => {
    const wrong = {
      avatar: 1,
      address: 1,
      gender: 3,
      county: 1,
      city: 1,
      province: 1,
      birthday: 1,
      nickname: 1,
    };
    const order = [
      'nickname',
      'birthday',
      'province',
      'city',
      'county',
      'gender',
      'address',
      'avatar',
    ] as const;
    const right: Record<string, unknown> = {};
    for (const name of order) {
      const { body } = await save({ ...wrong, ...right });
      expect(body).toMatchObject({ code: -1, msg: expect.stringContaining(`（${name}）`) });
      right[name] = { nickname: 'n', gender: '1' }[name as string] ?? '';
    }
    expect((await save(right)).body.code).toBe(0);
  });

  it('keeps both of two saves of different columns at once', async () => {
    for (let round = 0; round < 20; round += 1) {
      const [province, city] = [`p${round}`, `c${round}`];
      await Promise.all([save({ nickname: 'n', province }), save({ nickname: 'n', city })]);
      expect(await rowOf(test.db, user.id)).toMatchObject({ province, city });
    }
    const results = await Promise.all([
      save({ nickname: 'n', province: 'final province' }),
      save({ nickname: 'n', city: 'final city' }),
      save({ nickname: 'n', county: 'final county' }),
    ]);
    expect(results.map(({ body }) => body.code)).toEqual([0, 0, 0]);
    expect(await rowOf(test.db, user.id)).toMatchObject({
      province: 'final province',
      city: 'final city',
      county: 'final county',
    });
  });

  it.each([
    ['banned', 'status = 2'],
    ['set to pending', 'status = 3'],
    ['deleted', 'is_delete_time = now()'],
    ['closed', 'is_logout_time = now()'],
  ])('writes nothing for an account %s between guard and write', async (_, change) => {
    // The row is locked, so that the save waits in its UPDATE until the change is committed.
    const other = await test.db.connect();
    await other.query('BEGIN');
    await other.query(`UPDATE sxo_user SET ${change} WHERE id = $1`, [user.id]);
    const pending = save({ nickname: 'too late' }).then((response) => response);
    await waitForLock();
    await other.query('COMMIT');
    other.release();
    const before = await rowOf(test.db, user.id);

    const { status, body } = await pending;
    expect(status).toBe(200);
    expect(body).toEqual({ msg: '登录失效，请重新登录', code: -400, data: [] });
    expect(await rowOf(test.db, user.id)).toEqual(before);
    expect(before.nickname).toBe('before');
  });

  async function waitForLock(): Promise<void> {
    for (let attempt = 0; attempt < 1_000; attempt += 1) {
      const { rows } = await test.db.query<{ waiting: number }>(
        `SELECT count(*)::int AS waiting FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      if (rows[0]!.waiting > 0) return;
      await sleep(5);
    }
    throw new Error('the save waits for no lock');
  }
});

describe('mass assignment', () => {
  it('moves none but the allowed columns, whatever else is sent', async () => {
    const user = await createUser(test.db, { username: 'mass', pwd: 'hash', salt: 'salt' });
    const before = await rowOf(test.db, user.id);
    const allowed = {
      nickname: 'new nickname',
      birthday: '2001-02-03',
      province: 'new',
      city: 'new',
      county: 'new',
      gender: '2',
      address: 'new',
    };
    const others = Object.keys(before).filter((column) => !(column in allowed));
    const attempts = [
      Object.fromEntries(others.map((column) => [column, column === 'avatar' ? '' : '7'])),
      Object.fromEntries(others.map((column) => [`user[${column}]`, '7'])),
      { user: Object.fromEntries(others.map((column) => [column, '7'])), plugins_user_level: '7' },
    ];
    for (const attempt of attempts) {
      const { body } = await test.http
        .post('/personal/save')
        .send({ ...attempt, ...allowed, token: user.token });
      expect(body.code).toBe(0);
    }
    expect(await rowOf(test.db, user.id)).toEqual({
      ...before,
      ...allowed,
      gender: 2,
      upd_time: expect.any(Date),
    });
  });
});

describe('avatar', () => {
  const DEFAULT = `${PUBLIC_URL}/static/index/default/images/default-user-avatar.jpg`;
  const own = '/static/upload/images/user_avatar/own.jpg';
  let user: TestUser;

  const save = (avatar: unknown) =>
    test.http.post('/personal/save').send({ token: user.token, nickname: 'n', avatar });

  const addPicture = (path: string, id: string) =>
    test.db.query('INSERT INTO sxo_user_avatar (path, user_id) VALUES ($1, $2)', [path, id]);

  beforeEach(async () => {
    await test.db.query('DELETE FROM sxo_user_avatar');
    user = await createUser(test.db);
    await addPicture(own, user.id);
  });

  it('takes a picture that this service stored for the user, and resets it', async () => {
    expect((await save(PUBLIC_URL + own)).body.data.avatar).toBe(PUBLIC_URL + own);
    expect(await rowOf(test.db, user.id)).toMatchObject({ avatar: own });
    expect((await save(DEFAULT)).body.data.avatar).toBe(DEFAULT);
    expect(await rowOf(test.db, user.id)).toMatchObject({ avatar: '' });
    await save(PUBLIC_URL + own);
    expect((await save('')).body.data.avatar).toBe(DEFAULT);
  });

  it.each<[string, (url: string) => string]>([
    ['https instead of http', (url) => url.replace(/^http:/, 'https:')],
    ['the scheme in capitals', (url) => url.replace(/^http:/, 'HTTP:')],
    ['the host in capitals', (url) => url.replace('shop.test', 'SHOP.Test')],
    ['the port that goes without saying', (url) => url.replace('shop.test', 'shop.test:80')],
    ['a query', (url) => `${url}?v=1`],
    ['an empty query', (url) => `${url}?`],
    ['a fragment', (url) => `${url}#x`],
    ['no scheme', (url) => url.replace(/^http:/, '')],
    ['no host', (url) => url.replace('http://shop.test', '')],
    ['no host and a query', (url) => `${url.replace('http://shop.test', '')}?v=1`],
    ['all of it', (url) => `${url.replace('http://shop.test', 'HTTPS://Shop.Test:443')}?v=1&w=2#x`],
  ])('knows the own one written with %s', async (_, written) => {
    for (const url of [PUBLIC_URL + own, DEFAULT]) {
      const { body } = await save(written(url));
      expect({ code: body.code, avatar: body.data.avatar }).toEqual({ code: 0, avatar: url });
    }
  });

  it('takes the picture that the profile has, although its file is gone', async () => {
    await save(PUBLIC_URL + own);
    await test.db.query('DELETE FROM sxo_user_avatar');
    expect((await save(PUBLIC_URL + own)).body.code).toBe(0);
  });

  it('refuses any other', async () => {
    const stranger = await createUser(test.db);
    const theirs = '/static/upload/images/user_avatar/theirs.jpg';
    await addPicture(theirs, stranger.id);
    const before = await rowOf(test.db, user.id);
    for (const avatar of [
      'javascript:alert(1)',
      'data:image/png;base64,AAAA',
      'http://evil.test/a.jpg',
      `http://evil.test${own}`,
      `${PUBLIC_URL}.evil.test${own}`,
      `${PUBLIC_URL}@evil.test${own}`,
      `//evil.test${own}`,
      `/${own}`,
      own.slice(1),
      theirs,
      PUBLIC_URL,
      `${PUBLIC_URL}/`,
      `${PUBLIC_URL}${theirs}`,
      `${PUBLIC_URL}${theirs}?v=1`,
      `${PUBLIC_URL}:8080${own}`,
      `${PUBLIC_URL.replace('://', '://user@')}${own}`,
      `ftp${PUBLIC_URL.slice(PUBLIC_URL.indexOf(':'))}${own}`,
      `${PUBLIC_URL}/static/../${own}`,
      'x'.repeat(501),
      null,
      ['', ''],
    ]) {
      const { body } = await save(avatar);
      expect({ avatar, body }).toMatchObject({
        body: { code: -1, msg: expect.stringContaining('（avatar）'), data: [] },
      });
    }
    expect(await rowOf(test.db, user.id)).toEqual(before);
  });
});
