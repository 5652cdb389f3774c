import { setImmediate as nextTurn } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { jest } from '@jest/globals';
import { Database } from '../../src/database/database.js';
import type { DomainEvent, EventClass } from '../../src/events/domain-event.js';
import { DomainEvents } from '../../src/events/domain-events.js';
import { EventListeners } from '../../src/events/event-listeners.js';
import { OutboxWorker } from '../../src/events/outbox.worker.js';
import {
  ContactBoundEvent,
  PasswordChangedEvent,
} from '../../src/modules/account/account.events.js';
import { ProfileSavedEvent } from '../../src/modules/personal/personal.events.js';
import { SessionOpenedEvent, SessionEndedEvent } from '../../src/modules/session/session.events.js';
import { createSession, createUser, sessionIdsOf, type TestUser } from '../support/accounts.js';
import { type CodeChannels, startCodeChannels } from '../support/code-channels.js';
import { CHEAP_HASHING, PASSWORD, storedPassword } from '../support/passwords.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const NEW_PASSWORD = 'battery staple';
const EMAIL = 'someone@example.com';

let test: TestApp;
let channels: CodeChannels;
let pwd: string;
let user: TestUser;
let events: DomainEvents;
let listeners: EventListeners;
let heard: DomainEvent[];

const post = (path: string, parameters: object = {}, token = user.token) =>
  test.http.post(path).send({ token, ...parameters });

const save = (parameters: object) => post('/personal/save', parameters);

/** Events are delivered after the answer; a read afterwards comes later still. */
const settle = async (): Promise<void> => {
  await test.http.get('/health/live');
  await test.app.get(OutboxWorker).settled();
};

const listen = <Event extends DomainEvent>(event: EventClass<Event>): void =>
  listeners.add(event, 'Test.hear', (one) => {
    heard.push(one);
  });

const payloads = (name: string): object[] =>
  heard.filter((event) => event.name === name).map(({ payload }) => payload);

beforeAll(async () => {
  channels = await startCodeChannels();
  test = await startTestApp({ ...CHEAP_HASHING, ...channels.env });
  pwd = await storedPassword();
  events = test.app.get(DomainEvents);
  listeners = test.app.get(EventListeners);
  listen(ProfileSavedEvent);
  listen(SessionOpenedEvent);
  listen(SessionEndedEvent);
  listen(PasswordChangedEvent);
  listen(ContactBoundEvent);
});

afterAll(async () => {
  await test.close();
  await channels.close();
});

beforeEach(async () => {
  await channels.reset(test.db);
  user = await createUser(test.db, {
    username: 'someone',
    nickname: 'old',
    birthday: '1990-05-06',
    city: 'same',
    pwd,
  });
  heard = [];
});

afterEach(() => jest.restoreAllMocks());

describe('profile.saved', () => {
  it('tells old and new values of the changed columns, and of no others', async () => {
    await save({ nickname: 'new', birthday: '', city: 'same', gender: 1 });
    await settle();
    expect(heard).toEqual([
      new ProfileSavedEvent({
        userId: user.id,
        changes: {
          nickname: { old: 'old', new: 'new' },
          birthday: { old: '1990-05-06', new: null },
          gender: { old: 0, new: 1 },
        },
      }),
    ]);
    expect(heard[0]).toBeInstanceOf(ProfileSavedEvent);
  });

  it('tells what concurrent saves really replaced: each value is the old one of one save', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `name ${index}`);
    await Promise.all(names.map((nickname) => save({ nickname })));
    await settle();
    const changes = (payloads('profile.saved') as ProfileSavedEvent['payload'][]).map(
      (payload) => payload.changes.nickname!,
    );
    const { rows } = await test.db.query<{ nickname: string }>(
      'SELECT nickname FROM sxo_user WHERE id = $1',
      [user.id],
    );
    expect(changes.map((one) => one.new).toSorted()).toEqual(names.toSorted());
    expect([...changes.map((one) => one.old), rows[0]!.nickname].toSorted()).toEqual(
      ['old', ...names].toSorted(),
    );
  });

  it('says nothing when nothing was saved', async () => {
    await save({ nickname: '' });
    await settle();
    expect(heard).toEqual([]);
  });
});

describe('sessions', () => {
  it('are told of when they open, by a login and a registration', async () => {
    const before = await sessionIdsOf(test.db, user.id);
    await post('/user/login', { type: 'username', accounts: 'someone', pwd: PASSWORD });
    const { body } = await post('/user/reg', {
      type: 'username',
      accounts: 'another',
      pwd: PASSWORD,
      application_client_type: 'ios',
    });
    await settle();
    const opened = payloads('session.opened') as SessionOpenedEvent['payload'][];
    const [sessionId] = (await sessionIdsOf(test.db, user.id)).filter((id) => !before.includes(id));
    expect(opened).toEqual([
      { userId: user.id, sessionId, clientType: expect.any(String) },
      { userId: body.data.id, sessionId: expect.any(String), clientType: 'ios' },
    ]);
    expect(JSON.stringify(heard)).not.toContain(body.data.token);
  });

  it('are not told of when the registration fails', async () => {
    await post('/user/reg', { type: 'username', accounts: 'someone', pwd: PASSWORD });
    await settle();
    expect(heard).toEqual([]);
  });

  it.each([
    ['user/logout', {}, 'session.closed', [0]],
    ['user/sessionrevoke', { id: 'others' }, 'session.others_revoked', [1, 2]],
    [
      'safety/loginpwdupdate',
      { my_pwd: PASSWORD, new_pwd: NEW_PASSWORD, confirm_new_pwd: NEW_PASSWORD },
      'session.revoked_by_password',
      [1, 2],
    ],
    ['safety/logout', { pwd: PASSWORD }, 'session.revoked_by_closing', [0, 1, 2]],
  ])('are told of when they end by %s', async (path, parameters, reason, ended) => {
    await createSession(test.db, user.id);
    await createSession(test.db, user.id);
    const ids = await sessionIdsOf(test.db, user.id);
    expect((await post(`/${path}`, parameters)).body.code).toBe(0);
    await settle();
    expect(payloads('session.ended')).toEqual([
      { userId: user.id, sessionIds: ended.map((index) => ids[index]), reason },
    ]);
  });

  it('are told of when one is revoked, and only once', async () => {
    await createSession(test.db, user.id);
    const [, id] = await sessionIdsOf(test.db, user.id);
    await post('/user/sessionrevoke', { id });
    await post('/user/sessionrevoke', { id });
    await post('/user/sessionrevoke', { id: 'others' });
    await settle();
    expect(payloads('session.ended')).toEqual([
      { userId: user.id, sessionIds: [id], reason: 'session.revoked' },
    ]);
  });
});

/** What a durable event of a change tells beside what changed. */
const change = (contacts: { mobile?: string; email?: string } = {}) => ({
  userId: user.id,
  mobile: '',
  email: '',
  ...contacts,
  time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
  address: '127.0.0.1',
  clientType: 'pc',
  language: 'zh',
});

it('tells of a new password and how it came about, and never the password', async () => {
  await post('/safety/loginpwdupdate', {
    my_pwd: PASSWORD,
    new_pwd: NEW_PASSWORD,
    confirm_new_pwd: NEW_PASSWORD,
  });
  await test.db.query('UPDATE sxo_user SET email = $2 WHERE id = $1', [user.id, EMAIL]);
  await post('/user/forgetpwdverifysend', { accounts: EMAIL });
  const verify = await channels.lastCode(test, EMAIL);
  const { body } = await post('/user/forgetpwd', { accounts: EMAIL, verify, pwd: PASSWORD });
  expect(body.code).toBe(0);
  await settle();
  expect(payloads('password.changed')).toEqual([
    { ...change(), way: 'changed' },
    { ...change({ email: EMAIL }), way: 'reset' },
  ]);
});

it('tells of a contact that was bound, and which was before', async () => {
  await post('/user/appemailbindverifysend', { email: EMAIL });
  const verify = await channels.lastCode(test, EMAIL);
  expect((await post('/user/appemailbind', { email: EMAIL, verify })).body.code).toBe(0);
  await settle();
  expect(payloads('contact.bound')).toEqual([{ ...change(), channel: 'email', contact: EMAIL }]);
});

describe('an event', () => {
  const event = () => new SessionOpenedEvent({ userId: '1', sessionId: '2', clientType: 'pc' });

  it('is delivered after the commit, outside of the transaction', async () => {
    const database = test.app.get(Database);
    let isInside: boolean | undefined;
    listeners.add(SessionOpenedEvent, 'Test.lookAround', () => {
      try {
        database.refuseTransaction('this');
        isInside = false;
      } catch {
        isInside = true;
      }
    });
    await database.transaction(async () => {
      events.publish(event());
      await nextTurn();
      await nextTurn();
      expect(heard).toEqual([]);
    });
    await nextTurn();
    await nextTurn();
    expect(heard).toEqual([event()]);
    expect(isInside).toBe(false);
  });

  it('is never delivered where the transaction is rolled back', async () => {
    const failed = test.app.get(Database).transaction(() => {
      events.publish(event());
      return Promise.reject(new Error('undone'));
    });
    await expect(failed).rejects.toThrow('undone');
    await settle();
    expect(heard).toEqual([]);
  });

  it('is delivered once where the transaction was done again', async () => {
    let tries = 0;
    await test.app.get(Database).transaction(async () => {
      tries += 1;
      events.publish(event());
      if (tries < 3) {
        await test.app
          .get(Database)
          .run({ name: 'test.undone', text: `DO $$ BEGIN RAISE SQLSTATE '40001'; END $$` }, []);
      }
    });
    await settle();
    expect({ tries, heard }).toEqual({ tries: 3, heard: [event()] });
  });

  it('reaches every listener though one fails, at once or later, and fails no request', async () => {
    const logged = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    let last = 0;
    listeners.add(ProfileSavedEvent, 'Test.failAtOnce', () => {
      throw new Error('at once');
    });
    listeners.add(ProfileSavedEvent, 'Test.failLater', () => Promise.reject(new Error('later')));
    listeners.add(ProfileSavedEvent, 'Test.last', () => {
      last += 1;
    });
    expect((await save({ nickname: 'new' })).body.code).toBe(0);
    await settle();
    expect({ heard: heard.length, last }).toEqual({ heard: 1, last: 1 });
    expect(logged.mock.calls.map(([line]: unknown[]) => line)).toEqual(
      ['Test.failAtOnce', 'Test.failLater'].map((listener) =>
        expect.objectContaining({
          msg: 'an event listener failed',
          event: 'profile.saved',
          listener,
        }),
      ),
    );
  });

  it('has no two listeners of one name', () => {
    expect(() => listeners.add(ProfileSavedEvent, 'Test.hear', () => undefined)).toThrow(
      'two listeners are named Test.hear',
    );
  });
});
