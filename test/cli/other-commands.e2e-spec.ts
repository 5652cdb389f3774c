import { OutboxWorker } from '../../src/events/outbox.worker.js';
import { createUser } from '../support/accounts.js';
import { type CodeChannels, startCodeChannels } from '../support/code-channels.js';
import { type CommandResult, runCommandHere } from '../support/command.js';
import { CHEAP_HASHING } from '../support/passwords.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let test: TestApp;
let channels: CodeChannels;
let settings: Record<string, string>;

const cli = (...args: string[]): Promise<CommandResult> => runCommandHere(settings, args);

async function json(...args: string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await cli(...args, '--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Record<string, unknown>;
}

const post = async (path: string, parameters: object) =>
  (await test.http.post(path).send(parameters)).body;

const trail = async () =>
  (
    await test.db.query(
      `SELECT user_id, action, changes, operator FROM sxo_user_audit
       WHERE operator IS NOT NULL ORDER BY id`,
    )
  ).rows;

beforeAll(async () => {
  channels = await startCodeChannels();
  // No worker of the service looks at deliveries, unless it is asked to.
  test = await startTestApp({
    ...CHEAP_HASHING,
    ...channels.env,
    SECURITY_NOTICES: 'on',
    EVENT_POLL_MS: '3600000',
  });
  settings = { DATABASE_URL: test.databaseUrl, ...CHEAP_HASHING, ...channels.env };
});

afterAll(async () => {
  await test.close();
  await channels.close();
});

beforeEach(async () => {
  await test.db.query('DELETE FROM sxo_user');
  await test.db.query('TRUNCATE sxo_user_audit, sxo_event_delivery, sxo_limited_use, sxo_attempt');
});

describe('events', () => {
  /** Deliveries that were given up, and one that was not; their ids. */
  async function failed(count: number): Promise<string[]> {
    const { rows } = await test.db.query<{ id: string }>(
      `INSERT INTO sxo_event_delivery (event, listener, payload, tries, failed_time)
       SELECT 'account.closed', 'NoListener.hear', '{"email": "someone@example.com"}', 15,
         now() - make_interval(secs => 1000 - n)
       FROM generate_series(1, $1) n RETURNING id`,
      [count],
    );
    await test.db.query(
      `INSERT INTO sxo_event_delivery (event, listener, payload, tries, due_time)
       VALUES ('account.closed', 'NoListener.hear', '{}', 3, now() + interval '1 day')`,
    );
    return rows.map(({ id }) => id);
  }

  const left = async () =>
    (
      await test.db.query<{ id: string; tries: number; is_failed: boolean }>(
        `SELECT id, tries, failed_time IS NOT NULL AS is_failed FROM sxo_event_delivery
         WHERE due_time <= now() ORDER BY id`,
      )
    ).rows;

  it('that were given up are listed, without what they tell unless it is asked for', async () => {
    const [first, second] = await failed(2);
    const { failed: listed, more } = await json('events', 'failed');
    expect(listed).toEqual(
      [first, second].map((id) => ({
        id,
        event: 'account.closed',
        listener: 'NoListener.hear',
        tries: 15,
        published: expect.any(String),
        failed: expect.any(String),
      })),
    );
    expect(more).toBe(false);
    const text = await cli('events', 'failed', '--full');
    expect(text.stdout).toContain('someone@example.com');
  });

  it('are retried by their ids, with all their tries, by whoever was not first, too', async () => {
    const [first, second] = await failed(2);
    expect(await json('events', 'retry', first!, '--by', 'kim')).toEqual({ retried: [first] });
    expect(await left()).toEqual([
      { id: first, tries: 0, is_failed: false },
      { id: second, tries: 15, is_failed: true },
    ]);
    const again = await cli('events', 'retry', first!, '--by', 'kim');
    expect(again).toMatchObject({ code: 3, stdout: '' });
    expect(await trail()).toEqual([
      {
        user_id: null,
        action: 'event.retried',
        changes: { events: { old: [first], new: [] } },
        operator: 'kim',
      },
    ]);
  });

  it('are dropped, every one, but those that are still to be delivered', async () => {
    const ids = await failed(1_001);
    const refused = await cli('events', 'drop', '--all', '--by', 'kim');
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(await left()).toHaveLength(1_001);
    const dropped = await json('events', 'drop', '--all', '--yes', '--by', 'kim');
    expect([...(dropped.dropped as string[])].sort()).toEqual([...ids].sort());
    expect((await test.db.query('SELECT FROM sxo_event_delivery')).rowCount).toBe(1);
    expect((await trail()).map(({ action }) => action)).toEqual(Array(3).fill('event.dropped'));
  });

  it.each([[['events', 'retry']], [['events', 'retry', '1', '--all']]])(
    'are not guessed at: %j is wrong usage',
    async (args) => {
      const { code, stderr } = await cli(...args, '--by', 'kim');
      expect({ code, stderr }).toEqual({ code: 2, stderr: 'Give the ids of events, or --all.\n' });
    },
  );

  it('of a command are left to the service to deliver', async () => {
    const { id } = await createUser(test.db, { email: 'owner@example.com' });
    await json('user', 'close', id, '--by', 'kim', '--yes', '--language', 'en');
    const { rows } = await test.db.query<{ listener: string; tries: number }>(
      `SELECT listener, tries FROM sxo_event_delivery WHERE event = 'account.closed'`,
    );
    expect(rows).toContainEqual({ listener: 'SecurityNoticeListener.tellOfClosing', tries: 0 });
    const worker = test.app.get(OutboxWorker);
    await worker.poll();
    await worker.settled();
    expect((await test.db.query('SELECT FROM sxo_event_delivery')).rowCount).toBe(0);
    expect(channels.mail.mails.at(-1)).toMatchObject({ to: ['owner@example.com'] });
  });
});

describe('code-limits reset', () => {
  const send = () =>
    post('/user/loginverifysend', { type: 'email', accounts: 'Owner@example.com' });

  it('lets a contact be sent codes again, and be tried by strangers', async () => {
    const { id } = await createUser(test.db, { email: 'owner@example.com' });
    expect((await send()).code).toBe(0);
    expect((await send()).code).toBe(-429);
    expect(await json('code-limits', 'reset', 'Owner@example.com', '--by', 'kim')).toEqual({
      outcome: 'done',
    });
    expect((await send()).code).toBe(0);
    const shown = 'o***@example.com';
    expect(await trail()).toEqual([
      {
        user_id: id,
        action: 'account.code_limits_reset',
        changes: { contact: { old: shown, new: shown } },
        operator: 'kim',
      },
    ]);
  });

  it('is for a contact of no account, too', async () => {
    const { stdout, code } = await cli('code-limits', 'reset', '13800138000', '--by', 'kim');
    expect({ stdout, code }).toEqual({ code: 0, stdout: '138****8000 may be sent codes again.\n' });
    expect(await trail()).toMatchObject([{ user_id: null, operator: 'kim' }]);
  });

  it('refuses what is no contact as wrong usage', async () => {
    const { code, stderr } = await cli('code-limits', 'reset', 'alice', '--by', 'kim');
    expect(code).toBe(2);
    expect(stderr).toContain('must be a mobile number of mainland China or an email address');
  });
});

describe('user password-reset, where a channel is open', () => {
  it('sends a code, with which the owner sets a password', async () => {
    const { id } = await createUser(test.db, { email: 'owner@example.com', username: 'owner' });
    expect(await json('user', 'password-reset', id, '--by', 'kim')).toEqual({
      outcome: 'code sent',
      to: 'o***@example.com',
    });
    const verify = await channels.lastCode(test, 'owner@example.com');
    const reset = { accounts: 'owner@example.com', pwd: 'battery staple', verify };
    expect((await post('/user/forgetpwd', reset)).code).toBe(0);
    expect(await trail()).toMatchObject([{ user_id: id, action: 'password.code_sent' }]);
  });

  it('fails where it cannot be sent, and leaves no row', async () => {
    const { id } = await createUser(test.db, { email: 'owner@example.com' });
    await json('user', 'password-reset', id, '--by', 'kim');
    const { code, stdout, stderr } = await cli('user', 'password-reset', id, '--by', 'kim');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/try again/i);
    expect(await trail()).toHaveLength(1);
  });

  it('needs a terminal where no channel reaches the account', async () => {
    const { id } = await createUser(test.db, { pwd: 'x' });
    const { code, stderr } = await cli('user', 'password-reset', id, '--by', 'kim', '--yes');
    expect(code).toBe(2);
    expect(stderr).toContain('a password is shown on a terminal only');
    const { rows } = await test.db.query('SELECT pwd FROM sxo_user WHERE id = $1', [id]);
    expect(rows).toEqual([{ pwd: 'x' }]);
  });
});

describe('regions load', () => {
  const counted = async () => (await test.db.query('SELECT FROM sxo_region')).rowCount;

  it('has the regions of this version, which no other command loads', async () => {
    const regions = await counted();
    expect(await json('regions', 'load', '--by', 'kim')).toEqual({ outcome: 'unchanged' });
    await test.db.query('TRUNCATE sxo_region_data, sxo_region CASCADE');
    expect((await cli('user', 'find', 'nobody')).code).toBe(3);
    expect(await counted()).toBe(0);
    expect(await json('regions', 'load', '--by', 'kim')).toEqual({ outcome: 'done' });
    expect(await counted()).toBe(regions);
    expect(await trail()).toMatchObject([{ user_id: null, action: 'region.loaded' }]);
  });
});
