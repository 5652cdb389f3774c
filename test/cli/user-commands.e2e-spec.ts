import { createUser } from '../support/accounts.js';
import { type CommandResult, runCommandHere } from '../support/command.js';
import { CHEAP_HASHING } from '../support/passwords.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const PASSWORD = 'correct horse';

let test: TestApp;
let lastName = 0;

const cli = (...args: string[]): Promise<CommandResult> =>
  runCommandHere({ DATABASE_URL: test.databaseUrl, ...CHEAP_HASHING }, args);

/** Expects a command to be done, and gives its answer. */
async function json(...args: string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await cli(...args, '--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Record<string, unknown>;
}

const post = async (path: string, parameters: object, token?: string) => {
  const request = test.http.post(path);
  if (token !== undefined) void request.set('Authorization', `Bearer ${token}`);
  return (await request.send(parameters)).body;
};

const login = (name: string, pwd = PASSWORD) =>
  post('/user/login', { type: 'username', accounts: name, pwd });

const isSignedIn = async (token: string): Promise<number> =>
  (await post('/personal/index', {}, token)).code;

/** Registers an account. */
async function register(): Promise<{ id: string; token: string; name: string }> {
  lastName += 1;
  const name = `person${lastName}`;
  const { data } = await post('/user/reg', { type: 'username', accounts: name, pwd: PASSWORD });
  return { id: data.id, token: data.token, name };
}

/** What operators did to an account, oldest first. */
const trailOf = async (id: string | null) =>
  (
    await test.db.query(
      `SELECT action, changes, operator, session_id, application_client_type, client_address
       FROM sxo_user_audit WHERE user_id IS NOT DISTINCT FROM $1 AND operator IS NOT NULL ORDER BY id`,
      [id],
    )
  ).rows;

const byKim = (action: string, changes: object = {}) => ({
  action,
  changes,
  operator: 'kim',
  session_id: null,
  application_client_type: 'operator',
  client_address: '',
});

beforeAll(async () => {
  test = await startTestApp({ ...CHEAP_HASHING, ATTEMPT_ADDRESS_LIMIT: '1000' });
});

afterAll(() => test.close());

it('finds accounts by every name, and shows no more than 20, with masked contacts', async () => {
  const contacts = { mobile: '13800138000', email: 'someone@example.com' };
  const { id } = await createUser(test.db, {
    username: 'Finder',
    nickname: 'a\u001bb',
    ...contacts,
  });
  const { rows } = await test.db.query('SELECT number_code FROM sxo_user WHERE id = $1', [id]);
  const found = { id, username: 'Finder', mobile: '138****8000', email: 's***@example.com' };
  for (const text of [id, rows[0].number_code, 'find', '13800138000', 'SOMEONE@']) {
    const { found: all, more } = await json('user', 'find', text);
    expect(all).toEqual([expect.objectContaining(found)]);
    expect(more).toBe(false);
  }
  expect(await json('user', 'find', 'finder', '--full')).toMatchObject({ found: [contacts] });
  for (let n = 0; n < 21; n += 1) await createUser(test.db, { username: `many_${n}` });
  const many = await json('user', 'find', 'many_');
  expect(many.found).toHaveLength(20);
  expect(many.more).toBe(true);

  const text = await cli('user', 'find', 'Finder');
  expect(text.code).toBe(0);
  expect(text.stdout).toMatch(/^id +state +username/);
  expect(text.stdout).not.toContain('\u001b');

  const none = await cli('user', 'find', 'many%');
  expect(none).toMatchObject({ code: 3, stdout: '' });
  expect(none.stderr).toBe('There is no account that "many%" is of.\n');
});

it('bans an account at once, ends its sessions, and lifts the ban', async () => {
  const { id, token, name } = await register();
  expect(await isSignedIn(token)).toBe(0);
  expect(await json('user', 'ban', id, '--by', 'kim')).toEqual({ outcome: 'done' });
  expect(await isSignedIn(token)).toBe(-400);
  expect((await login(name)).code).toBe(-110);
  expect(await json('user', 'show', id)).toMatchObject({ id, state: 'banned', sessions: 0 });
  expect(await json('user', 'ban', id, '--by', 'kim')).toEqual({ outcome: 'unchanged' });
  expect(await json('user', 'mute', id, '--by', 'kim')).toEqual({ outcome: 'unchanged' });

  expect(await json('user', 'unban', id, '--by', 'kim')).toEqual({ outcome: 'done' });
  expect(await isSignedIn(token)).toBe(-400);
  const { code, data } = await login(name);
  expect(code).toBe(0);
  expect(await trailOf(id)).toEqual([
    byKim('session.revoked_by_ban', { sessions: { old: [expect.any(String)], new: [] } }),
    byKim('account.banned', { status: { old: 0, new: 2 } }),
    byKim('account.unbanned', { status: { old: 2, new: 0 } }),
  ]);

  // Its user sees what happened, not who it was.
  const changes = await post('/personal/changes', {}, data.token);
  expect(changes.data.data[1]).toMatchObject({
    action: 'account.unbanned',
    action_text: '管理员解除禁止登录',
    changes: [{ field: 'status', old: '2', new: '0' }],
    application_client_type: 'operator',
  });
  expect(JSON.stringify(changes)).not.toContain('kim');
});

it('mutes an account, which goes on, and lifts that', async () => {
  const { id, token } = await register();
  expect(await json('user', 'mute', id, '--by', 'kim')).toEqual({ outcome: 'done' });
  expect(await json('user', 'show', id)).toMatchObject({ state: 'muted', sessions: 1 });
  expect(await isSignedIn(token)).toBe(0);
  expect(await json('user', 'unmute', id, '--by', 'kim')).toEqual({ outcome: 'done' });
  expect(await json('user', 'unmute', id, '--by', 'kim')).toEqual({ outcome: 'unchanged' });
  expect((await trailOf(id)).map(({ action }) => action)).toEqual([
    'account.muted',
    'account.unmuted',
  ]);
});

it('unlocks an account after five wrong passwords, at the address of its owner, too', async () => {
  const { id, token, name } = await register();
  const change = {
    my_pwd: 'wrong one',
    new_pwd: 'battery staple',
    confirm_new_pwd: 'battery staple',
  };
  for (let n = 0; n < 5; n += 1) expect((await login(name, 'wrong one')).code).toBe(-4);
  for (let n = 0; n < 5; n += 1) {
    expect((await post('/safety/loginpwdupdate', change, token)).code).toBe(-4);
  }
  expect((await login(name)).code).toBe(-429);
  expect((await post('/safety/loginpwdupdate', change, token)).code).toBe(-429);
  expect(await json('user', 'show', id)).toMatchObject({ wrong_passwords: 5 });

  expect(await json('user', 'unlock', id, '--by', 'kim')).toEqual({ outcome: 'done' });
  expect(await json('user', 'show', id)).toMatchObject({ wrong_passwords: 0 });
  // One of them clears nothing that the command has left.
  expect((await login(name, 'wrong one')).code).toBe(-4);
  expect((await login(name)).code).toBe(0);
  expect((await post('/safety/loginpwdupdate', change, token)).code).toBe(-4);
  expect(await trailOf(id)).toEqual([byKim('account.unlocked')]);
});

it('unlocks an account that strangers have locked under its several names', async () => {
  const contacts = { mobile: '13900139000', email: 'owner@example.com' };
  const { id } = await createUser(test.db, { username: 'owner', ...contacts });
  const names = ['owner', '13900139000', 'OWNER@example.com'];
  for (const name of names) {
    for (let n = 0; n < 5; n += 1) expect((await login(name, 'wrong one')).code).toBe(-4);
    expect((await login(name, 'wrong one')).code).toBe(-429);
  }
  await json('user', 'unlock', id, '--by', 'kim');
  for (const name of names) expect((await login(name, 'wrong one')).code).toBe(-4);
});

it('lists sessions, and ends one or all of them', async () => {
  const { id, token, name } = await register();
  const second: string = (await login(name)).data.token;
  const third: string = (await login(name)).data.token;
  const { sessions } = await json('user', 'sessions', id);
  expect(sessions).toEqual([1, 2, 3].map(() => expect.objectContaining({ client: 'pc' })));
  const [newest] = sessions as { id: string }[];

  const other = await register();
  const foreign = ['user', 'sign-out', other.id, '--session', newest!.id, '--yes', '--by', 'kim'];
  expect(await cli(...foreign)).toMatchObject({ code: 3, stdout: '' });
  const refused = await cli('user', 'sign-out', id, '--by', 'kim');
  expect(refused).toMatchObject({ code: 2, stdout: '' });
  expect(refused.stderr).toMatch(/cannot be undone: repeat the command with --yes/);
  expect(await Promise.all([token, second, third].map(isSignedIn))).toEqual([0, 0, 0]);

  await json('user', 'sign-out', id, '--session', newest!.id, '--yes', '--by', 'kim');
  expect(await Promise.all([token, second, third].map(isSignedIn))).toEqual([0, 0, -400]);
  await json('user', 'sign-out', id, '--yes', '--by', 'kim');
  expect(await Promise.all([token, second].map(isSignedIn))).toEqual([-400, -400]);
  expect(await isSignedIn(other.token)).toBe(0);
  expect((await trailOf(id)).map(({ action }) => action)).toEqual([
    'session.revoked_by_operator',
    'session.revoked_by_operator',
  ]);
});

it('closes an account for ever, with what other modules keep of it', async () => {
  const { id, token, name } = await register();
  expect(await cli('user', 'close', id, '--by', 'kim')).toMatchObject({ code: 2, stdout: '' });
  expect(await isSignedIn(token)).toBe(0);
  expect(await json('user', 'close', id, '--by', 'kim', '--yes')).toEqual({ outcome: 'done' });
  expect(await isSignedIn(token)).toBe(-400);
  expect((await login(name)).code).toBe(-4);
  expect(await json('user', 'show', id)).toMatchObject({ state: 'closed', username: '' });
  expect(await cli('user', 'close', id, '--by', 'kim', '--yes')).toMatchObject({ code: 3 });
  expect(await cli('user', 'ban', id, '--by', 'kim')).toMatchObject({ code: 3 });
  // The event was stored for the service's listeners, which the command leaves to the service.
  const { rows } = await test.db.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM sxo_user_audit WHERE user_id = $1 AND action = 'account.closed'`,
    [id],
  );
  expect(rows[0]!.n).toBe(1);
});

it.each([
  ['no operator', ['user', 'ban', '1'], /required option '--by <operator>'/],
  ['an empty operator', ['user', 'ban', '1', '--by', ' '], /1-60 characters/],
  ['a long operator', ['user', 'ban', '1', '--by', 'x'.repeat(61)], /1-60 characters/],
  ['an operator of two lines', ['user', 'ban', '1', '--by', 'a\nb'], /1-60 characters/],
  ['no id', ['user', 'ban', 'alice', '--by', 'kim'], /must be an id/],
  ['an unknown command', ['user', 'banish', '1'], /unknown command 'banish'/],
  ['an unknown option', ['user', 'show', '1', '--all'], /unknown option '--all'/],
])('refuses %s as wrong usage', async (_, args, message) => {
  const { code, stdout, stderr } = await cli(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(message);
});

it('has a help with an example for each command', async () => {
  const { stdout } = await cli('user', '--help');
  const commands = Array.from(stdout.matchAll(/^ {2}([a-z-]+) \[options\]/gm), ([, name]) => name!);
  expect(commands).toContain('password-reset');
  const helps = await Promise.all(commands.map((name) => cli('user', name, '--help')));
  for (const [index, help] of helps.entries()) {
    expect(help).toMatchObject({ code: 0, stderr: '' });
    expect(help.stdout).toContain('--json');
    expect(help.stdout).toMatch(new RegExp(`Example:\n.* cli -- user ${commands[index]!} `));
  }
});
