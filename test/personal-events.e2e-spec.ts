import { EventEmitter2 } from '@nestjs/event-emitter';
import { ProfileSavedEvent } from '../src/modules/personal/personal.events.js';
import { createUser, type TestUser } from './support/accounts.js';
import { startTestApp, type TestApp } from './support/test-app.js';

let test: TestApp;
let user: TestUser;
let emitter: EventEmitter2;
let heard: ProfileSavedEvent[];

const save = (parameters: object) =>
  test.http.post('/personal/save').send({ token: user.token, ...parameters });

/** Events are delivered after the answer; a read afterwards comes later still. */
const settle = () => test.http.get('/health/live');

beforeAll(async () => {
  test = await startTestApp();
  emitter = test.app.get(EventEmitter2);
});

afterAll(async () => {
  await test.close();
});

beforeEach(async () => {
  user = await createUser(test.db, { nickname: 'old', birthday: '1990-05-06', city: 'same' });
  heard = [];
  emitter.removeAllListeners();
  emitter.on(ProfileSavedEvent.eventName, (event: ProfileSavedEvent) => heard.push(event));
});

it('tells old and new values of the changed columns, and of no others', async () => {
  await save({ nickname: 'new', birthday: '', city: 'same', gender: 1 });
  await settle();
  expect(heard).toEqual([
    expect.objectContaining({
      name: 'profile.saved',
      userId: user.id,
      changes: {
        nickname: { old: 'old', new: 'new' },
        birthday: { old: '1990-05-06', new: null },
        gender: { old: 0, new: 1 },
      },
    }),
  ]);
});

it('tells what concurrent saves really replaced: each value is the old one of one save', async () => {
  const names = Array.from({ length: 20 }, (_, index) => `name ${index}`);
  await Promise.all(names.map((nickname) => save({ nickname })));
  await settle();
  const replaced = heard.map(({ changes }) => changes.nickname?.old);
  const written = heard.map(({ changes }) => changes.nickname?.new);
  const { rows } = await test.db.query<{ nickname: string }>(
    'SELECT nickname FROM sxo_user WHERE id = $1',
    [user.id],
  );
  expect(written.toSorted()).toEqual(names.toSorted());
  expect([...replaced, rows[0]!.nickname].toSorted()).toEqual(['old', ...names].toSorted());
});

it('says nothing when nothing was saved', async () => {
  await save({ nickname: '' });
  await settle();
  expect(heard).toEqual([]);
});

it('lets no failing listener fail the save or the next listener', async () => {
  emitter.removeAllListeners();
  emitter.on(ProfileSavedEvent.eventName, () => {
    throw new Error('at once');
  });
  emitter.on(ProfileSavedEvent.eventName, (() => Promise.reject(new Error('later'))) as () => void);
  emitter.on(ProfileSavedEvent.eventName, (event: ProfileSavedEvent) => heard.push(event));
  expect((await save({ nickname: 'new' })).body.code).toBe(0);
  await settle();
  expect(heard).toHaveLength(1);
});
