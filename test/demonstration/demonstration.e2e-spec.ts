import { DatabaseSettings } from '../../src/config/database.settings.js';
import { RuntimeSettings } from '../../src/config/runtime.settings.js';
import { DEMONSTRATION } from '../../src/modules/demonstration/demonstration.account.js';
import { DemonstrationRepository } from '../../src/modules/demonstration/demonstration.repository.js';
import { DemonstrationService } from '../../src/modules/demonstration/demonstration.service.js';
import { SessionService } from '../../src/modules/session/session.service.js';
import { createUser, rowOf } from '../support/accounts.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let test: TestApp;

beforeAll(async () => {
  test = await startTestApp();
});

afterAll(async () => {
  await test.close();
});

beforeEach(async () => {
  await test.db.query('DELETE FROM sxo_user');
});

/** Starts the demonstration as a development machine with the embedded database would. */
async function start(): Promise<DemonstrationService> {
  const service = new DemonstrationService(
    test.app.get(DemonstrationRepository),
    test.app.get(SessionService),
    Object.assign(new DatabaseSettings(), { url: undefined }),
    Object.assign(new RuntimeSettings(), { nodeEnv: 'development' }),
  );
  await service.onApplicationBootstrap();
  return service;
}

const index = () => test.http.get(`/personal/index?token=${DEMONSTRATION.token}`);

it('is made once, and new accounts get ids above it', async () => {
  expect((await start()).available).toBe(true);
  const before = await rowOf(test.db, DEMONSTRATION.id);
  expect((await start()).available).toBe(true);
  expect(await rowOf(test.db, DEMONSTRATION.id)).toEqual(before);
  expect((await index()).body.data.data.username).toBe('pppppp');
  expect(Number((await createUser(test.db)).id)).toBeGreaterThan(469);
});

it.each([
  ['its id', { id: 469, number_code: '1111110469', username: 'alice' }],
  ['its name', { username: 'PPPPPP' }],
  ['its member code', { number_code: '8732997469' }],
  ['all of them, with a password', { id: 469, number_code: '8732997469', username: 'pppppp' }],
])('logs nobody in where %s belongs to somebody else', async (_, columns) => {
  const { id } = await createUser(test.db, { ...columns, pwd: 'hash' });
  const before = await rowOf(test.db, id);
  expect((await start()).available).toBe(false);
  expect((await index()).body.code).toBe(-400);
  expect(await rowOf(test.db, id)).toEqual(before);
});

it('has a session of its own for each start, although the last one expired', async () => {
  await start();
  await test.db.query(`
    UPDATE sxo_user_session
    SET last_time = now() - interval '31 days', add_time = now() - interval '181 days'`);
  expect((await index()).body.code).toBe(-400);
  await start();
  expect((await index()).body.code).toBe(0);
});
