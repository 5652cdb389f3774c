import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PROJECT_ROOT } from '../../src/config/project-root.js';
import { CodeDelivery } from '../../src/modules/verification/sending/code-delivery.js';
import { OutboxWorker } from '../../src/events/outbox.worker.js';
import { pasteCurl } from '../support/curl.js';
import { codeOf, type MailServer, startMailServer } from '../support/mail-server.js';
import { CHEAP_HASHING } from '../support/passwords.js';
import { temporaryFolder } from '../support/pictures.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const DOCUMENTED_URL = 'http://127.0.0.1:3000';

/** A command, the line that it begins on, and the answer that is printed below it. */
interface Step {
  readonly line: number;
  readonly language: 'sh' | 'sql';
  readonly command: string;
  readonly answer: string | undefined;
}

const page = readFileSync(fileURLToPath(new URL('docs/accounts.md', PROJECT_ROOT)), 'utf8');

const BLOCK = /^```(\w*)\n([\s\S]*?)\n```$/gm;

/** Every block of the page but the answers, which go with the commands that they stand below. */
function readSteps(): Step[] {
  const blocks = Array.from(page.matchAll(BLOCK), ({ 1: language, 2: text, index }) => ({
    language,
    text: text!,
    line: page.slice(0, index).split('\n').length,
  }));
  return blocks.flatMap(({ language, text, line }, index) => {
    const next = blocks[index + 1];
    if (language === 'text') return [];
    if (language !== 'sh' && language !== 'sql') throw new Error(`line ${line}: ${language}?`);
    const answer = next?.language === 'text' ? next.text : undefined;
    return [{ line, language, command: text, answer }];
  });
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

const steps = readSteps();

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
/** What stood in the answers where the page has `<names>`. */
const known = new Map<string, string>();
let sendsCodes = false;
let mail: MailServer;
let test: TestApp;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;

/** The command with what its reader puts in for `<names>`; a code is the last that was sent. */
const filledIn = (command: string): string =>
  command.replaceAll(DOCUMENTED_URL, test.url).replace(/<([^<>]+)>/g, (_, name: string) => {
    const value = name === 'code' ? codeOf(mail.mails.at(-1)!) : known.get(name);
    if (value === undefined) throw new Error(`no answer has shown a <${name}>`);
    return value;
  });

/** Compares, and takes note of what stands for the `<names>` that are new. */
function expectDocumented(actual: string, documented: string): void {
  const names: string[] = [];
  const pattern = documented.split(/(…|<[^<>]+>)/).map((part) => {
    if (part === '…') return '.*?';
    if (!/^<.+>$/.test(part)) return escaped(part);
    const name = part.slice(1, -1);
    const value = known.get(name);
    if (value !== undefined) return escaped(value);
    const group = names.indexOf(name);
    if (group !== -1) return `\\${group + 1}`;
    names.push(name);
    return '([^"]+)';
  });
  const match = new RegExp(`^${pattern.join('')}$`, 's').exec(actual);
  // Where it does not match, the difference is what the reader of the failure needs.
  if (match === null) expect(actual).toBe(documented);
  for (const [index, name] of names.entries()) known.set(name, match![index + 1]!);
}

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
      expectDocumented(await pasteCurl(filledIn(command)), answer!);
      // What is sent after the answer.
      await test.app.get(CodeDelivery).onApplicationShutdown();
      // A reader takes longer than events do.
      await test.app.get(OutboxWorker).settled();
    },
  );
});
