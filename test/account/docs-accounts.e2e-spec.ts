import { CodeDelivery } from '../../src/modules/verification/sending/code-delivery.js';
import { OutboxWorker } from '../../src/events/outbox.worker.js';
import { pasteCurl } from '../support/curl.js';
import { DocumentedSession, readPage, readSteps } from '../support/documented-session.js';
import { codeOf, type MailServer, startMailServer } from '../support/mail-server.js';
import { CHEAP_HASHING } from '../support/passwords.js';
import { temporaryFolder } from '../support/pictures.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const PAGE = 'docs/accounts.md';
const page = readPage(PAGE);
const steps = readSteps(PAGE);
const session = new DocumentedSession();

/** From this heading to the next of its level a service is needed that sends codes. */
const WITH_CODES = "### A mailbox's life";
const lineOf = (index: number): number => page.slice(0, index).split('\n').length;
const firstWithCodes = lineOf(page.indexOf(WITH_CODES));
const lastWithCodes = lineOf(page.indexOf('\n## ', page.indexOf(WITH_CODES)));

/** Has the service send codes to the mail catcher, or not, from the first step that needs it. */
async function haveCodes(line: number): Promise<void> {
  const needed = line > firstWithCodes && line < lastWithCodes;
  if (needed !== sendsCodes) {
    sendsCodes = needed;
    await test.close();
    test = await startTestApp({
      ...CHEAP_HASHING,
      DATA_DIR: folder.path,
      DATABASE_URL: test.databaseUrl,
      // Codes alone go by mail.
      ...(needed
        ? { SMTP_URL: mail.url, MAIL_FROM: 'shop@example.com' }
        : { SECURITY_NOTICES: 'on' }),
    });
  }
  // The minute that the reader waits between two codes.
  await test.db.query('DELETE FROM sxo_limited_use');
}

let sendsCodes = false;
let mail: MailServer;
let test: TestApp;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;

/** The last code that was sent. */
const lastCode = (): string | undefined => {
  const last = mail.mails.at(-1);
  return last && codeOf(last);
};

beforeAll(async () => {
  folder = await temporaryFolder();
  mail = await startMailServer();
  test = await startTestApp({
    ...CHEAP_HASHING,
    DATA_DIR: folder.path,
    SECURITY_NOTICES: 'on',
  });
});

afterAll(async () => {
  await test.close();
  await mail.close();
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
    async ({ line, language, command, answer }) => {
      await haveCodes(line);
      if (language === 'sql') {
        expect((await test.db.query(command)).rowCount).toBe(1);
        return;
      }
      expect(command).toMatch(/^curl -s '?http/);
      const call = session.filledIn(command, test.url, { code: lastCode });
      session.expectDocumented(await pasteCurl(call), answer!);
      // What is sent after the answer.
      await test.app.get(CodeDelivery).onApplicationShutdown();
      // A reader takes longer than events do.
      await test.app.get(OutboxWorker).settled();
    },
  );
});
