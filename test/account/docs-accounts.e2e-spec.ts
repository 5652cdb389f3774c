import { OutboxWorker } from '../../src/events/outbox.worker.js';
import { pasteCurl } from '../support/curl.js';
import { DocumentedSession, readSteps } from '../support/documented-session.js';
import { CHEAP_HASHING } from '../support/passwords.js';
import { temporaryFolder } from '../support/pictures.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const steps = readSteps('docs/accounts.md');
const session = new DocumentedSession();
let test: TestApp;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  folder = await temporaryFolder();
  test = await startTestApp({
    ...CHEAP_HASHING,
    DATA_DIR: folder.path,
    SECURITY_NOTICES: 'on',
  });
});

afterAll(async () => {
  await test.close();
  await folder.remove();
});

// One life of an account, and a ban: each step goes on from the one before it.
describe('docs/accounts.md', () => {
  it('has no command without an answer, and sends what it calls for', () => {
    const calls = steps.filter(({ language }) => language === 'sh');
    expect(calls.filter(({ answer }) => answer === undefined)).toEqual([]);
    for (const action of [
      'user/reg',
      'user/login',
      'user/sessions',
      'user/logout',
      'safety/logout',
    ]) {
      expect(calls.map(({ command }) => command).join()).toContain(`/${action} `);
    }
  });

  it.each(steps)(
    'shows at line $line what really happens',
    async ({ language, command, answer }) => {
      if (language === 'sql') {
        expect((await test.db.query(command)).rowCount).toBe(1);
        return;
      }
      expect(command).toMatch(/^curl -s http/);
      session.expectDocumented(await pasteCurl(session.filledIn(command, test.url)), answer!);
      // A reader takes longer than events do.
      await test.app.get(OutboxWorker).settled();
    },
  );
});
