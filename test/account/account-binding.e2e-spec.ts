import { createSession, createUser, rowOf, type TestUser } from '../support/accounts.js';
import { type CodeChannels, startCodeChannels } from '../support/code-channels.js';
import { CHEAP_HASHING, PASSWORD, storedPassword } from '../support/passwords.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let test: TestApp;
let channels: CodeChannels;
let user: TestUser;
let other: TestUser;
let pwd: string;

const post = (path: string, parameters: object, token?: string) =>
  test.http.post(`/user/${path}`).send({ ...parameters, token });

const wrong = (code: string): string => (code === '000000' ? '000001' : '000000');

beforeAll(async () => {
  channels = await startCodeChannels();
  test = await startTestApp({ ...CHEAP_HASHING, ...channels.env });
  pwd = await storedPassword();
});

afterAll(async () => {
  await test.close();
  await channels.close();
});

beforeEach(async () => {
  await channels.reset(test.db);
  user = await createUser(test.db, { username: 'someone', mobile: '13700137000' });
  other = await createUser(test.db, { username: 'other' });
});

describe.each([
  ['mobile', 'appmobilebind', '13800138000', '1380013800', '13700137999'],
  ['email', 'appemailbind', 'New@Example.com', 'new@example', 'Old@Example.com'],
])('%s', (field, path, contact, malformed, old) => {
  const stored = contact.toLowerCase();

  const receive = async (token: string): Promise<string> => {
    await test.db.query('DELETE FROM sxo_limited_use');
    const { body } = await post(`${path}verifysend`, { [field]: contact }, token);
    expect(body).toEqual({ msg: '发送成功', code: 0, data: '' });
    return (await channels.lastCode(test, stored))!;
  };

  const bind = (verify: unknown, token = user.token, given?: string) =>
    post(path, { [field]: contact, verify, pwd: given }, token);

  /** Binds while a statement changes the account beneath it. */
  const bindBeside = async ({ id, token }: TestUser, change: string): Promise<unknown> => {
    const code = await receive(token);
    const holder = await test.db.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT FROM sxo_user WHERE id = $1 FOR UPDATE', [id]);
    const answer = bind(code, token).then(({ body }) => body as unknown);
    await waitForLocks(1);
    await holder.query(change, [id]);
    await holder.query('COMMIT');
    holder.release();
    return answer;
  };

  it('is bound by code, once, and shown at once', async () => {
    const code = await receive(user.token);
    const { body } = await bind(code);
    expect(body).toMatchObject({
      msg: '绑定成功',
      code: 0,
      data: { id: user.id, token: user.token, [field]: stored, is_mandatory_bind_mobile: 0 },
    });
    expect(Object.keys(body.data as object)).toHaveLength(42);
    expect(await rowOf(test.db, user.id)).toMatchObject({
      [field]: stored,
      upd_time: expect.any(Date),
    });
    expect((await bind(code)).body.code).toBe(-10);
    expect((await bind(await receive(user.token))).body.code).toBe(0);
  });

  it('is not bound by a wrong code, which is counted', async () => {
    const before = await rowOf(test.db, user.id);
    expect((await bind('123456')).body.code).toBe(-10);
    const code = await receive(user.token);
    for (const expected of [-11, -11, -11, -11, -11, -429]) {
      expect((await bind(wrong(code))).body.code).toBe(expected);
    }
    expect((await bind(code)).body.code).toBe(-429);
    expect((await bind(code, other.token)).body.code).toBe(-10);
    expect(await rowOf(test.db, user.id)).toEqual(before);
  });

  it("is told to be another live account's after the right code only", async () => {
    await test.db.query(`UPDATE sxo_user SET ${field} = $2 WHERE id = $1`, [other.id, stored]);
    const before = await rowOf(test.db, user.id);
    const code = await receive(user.token);
    expect((await bind(wrong(code))).body.code).toBe(-11);
    expect((await bind(code)).body).toMatchObject({
      code: -3,
      msg: expect.stringContaining(`（${field}）已被使用`),
      data: [],
    });
    expect(await rowOf(test.db, user.id)).toEqual(before);
    await test.db.query('UPDATE sxo_user SET is_logout_time = now() WHERE id = $1', [other.id]);
    expect((await bind(await receive(user.token))).body.code).toBe(0);
  });

  it('goes to one of two who bind it at once', async () => {
    // A code is good once, so each has its own; the locked rows hold both writes until both wait.
    const holder = await test.db.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT FROM sxo_user FOR UPDATE');
    const answers = [];
    for (const { token } of [user, other]) {
      const code = await receive(token);
      answers.push(bind(code, token).then(({ body }) => body.code as number));
      await waitForLocks(answers.length);
    }
    await holder.query('COMMIT');
    holder.release();
    expect((await Promise.all(answers)).toSorted((a, b) => b - a)).toEqual([0, -3]);
    const { rowCount } = await test.db.query(`SELECT FROM sxo_user WHERE ${field} = $1`, [stored]);
    expect(rowCount).toBe(1);
  });

  it('is bound once by one code used by two at once', async () => {
    const code = await receive(user.token);
    const answers = await Promise.all([bind(code), bind(code, other.token)]);
    const codes = answers.map(({ body }) => body.code as number).toSorted((a, b) => b - a);
    expect(codes).toEqual([0, -10]);
  });

  it('is not bound to an account that is banned meanwhile', async () => {
    const body = await bindBeside(user, 'UPDATE sxo_user SET status = 2 WHERE id = $1');
    expect(body).toMatchObject({ code: -400 });
    expect((await rowOf(test.db, user.id))[field]).not.toBe(stored);
  });

  it('is not bound in a session that is ended meanwhile', async () => {
    const body = await bindBeside(user, 'DELETE FROM sxo_user_session WHERE user_id = $1');
    expect(body).toMatchObject({ code: -400 });
    expect((await rowOf(test.db, user.id))[field]).not.toBe(stored);
  });

  describe('of an account with a password', () => {
    let owner: TestUser;

    beforeEach(async () => {
      owner = await createUser(test.db, { username: 'owner', pwd }, { sign_in_time: null });
    });

    const have = (value: string) =>
      test.db.query(`UPDATE sxo_user SET ${field} = $2 WHERE id = $1`, [owner.id, value]);

    it('takes the place of another by password only, whoever has the token', async () => {
      await have(old);
      const code = await receive(owner.token);
      for (const [given, expected] of [
        [undefined, -1],
        ['', -1],
        ['wrong password', -4],
      ] as const) {
        expect((await bind(code, owner.token, given)).body).toMatchObject({
          code: expected,
          msg: expect.stringContaining('（pwd）'),
          data: [],
        });
        expect((await rowOf(test.db, owner.id))[field]).toBe(old);
      }
      expect((await bind(code, owner.token, PASSWORD)).body.code).toBe(0);
      expect((await rowOf(test.db, owner.id))[field]).toBe(stored);
    });

    it.each([PASSWORD, undefined])(
      'takes the place of another after a recent sign-in, password or not: %s',
      async (given) => {
        await have(old);
        if (given === undefined) await test.db.query(`UPDATE sxo_user SET pwd = ''`);
        const code = await receive(owner.token);
        expect((await bind(code, owner.token)).body.code).toBe(-1);
        expect((await rowOf(test.db, owner.id))[field]).toBe(old);
        const token = await createSession(test.db, owner.id);
        expect((await bind(await receive(token), token)).body.code).toBe(0);
        expect((await rowOf(test.db, owner.id))[field]).toBe(stored);
      },
    );

    it('counts wrong passwords with those of closing the account', async () => {
      await have(old);
      const code = await receive(owner.token);
      for (let tried = 0; tried < 5; tried += 1) {
        expect((await bind(code, owner.token, 'wrong password')).body.code).toBe(-4);
      }
      expect((await bind(code, owner.token, PASSWORD)).body.code).toBe(-429);
      const { body } = await test.http
        .post('/safety/logout')
        .send({ pwd: PASSWORD, token: owner.token });
      expect(body.code).toBe(-429);
    });

    it.each(['', contact])('needs none in the place of %j', async (bound) => {
      await have(bound);
      expect((await bind(await receive(owner.token), owner.token)).body.code).toBe(0);
    });

    it('needs it where another is bound meanwhile', async () => {
      const body = await bindBeside(owner, `UPDATE sxo_user SET ${field} = '${old}' WHERE id = $1`);
      expect(body).toMatchObject({ code: -1, msg: expect.stringContaining('（pwd）') });
      expect((await rowOf(test.db, owner.id))[field]).toBe(old);
    });

    it('is bound for the first time although the password is replaced meanwhile', async () => {
      const body = await bindBeside(owner, `UPDATE sxo_user SET pwd = pwd || ' ' WHERE id = $1`);
      expect(body).toMatchObject({ code: 0, data: { [field]: stored } });
    });
  });

  it('needs a token, a right form and POST', async () => {
    for (const action of [`${path}verifysend`, path]) {
      const good = { [field]: contact, verify: '123456' };
      expect((await post(action, good)).body.code).toBe(-400);
      expect((await test.http.get(`/user/${action}?token=${user.token}`)).status).toBe(405);
      for (const [value, code] of [
        [undefined, -1],
        ['', -1],
        [null, -1],
        [[contact], -1],
        [malformed, -2],
        [`${contact}\0`, -2],
      ]) {
        const { body } = await post(action, { ...good, [field]: value }, user.token);
        expect({ value, body }).toMatchObject({
          body: { code, msg: expect.stringContaining(`（${field}）`), data: [] },
        });
      }
    }
    for (const verify of [undefined, '', null, 123456]) {
      expect((await bind(verify)).body).toMatchObject({
        code: -1,
        msg: expect.stringContaining('（verify）'),
      });
    }
  });
});

async function waitForLocks(count: number): Promise<void> {
  for (;;) {
    const { rows } = await test.db.query<{ waiting: number }>(
      `SELECT count(*)::int AS waiting FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    if (rows[0]!.waiting >= count) return;
  }
}
