import { jest } from '@jest/globals';
import { runCommand } from '../support/command.js';
import { pasteCurl } from '../support/curl.js';
import { DocumentedSession, readSteps } from '../support/documented-session.js';
import { CHEAP_HASHING } from '../support/passwords.js';
import { temporaryFolder } from '../support/pictures.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

// Each command is a process of the built program, which takes seconds to start on a busy machine.
jest.setTimeout(120_000);

const COMMAND = 'npm run --silent cli -- ';

const steps = readSteps('docs/cli.md');
const session = new DocumentedSession();
let test: TestApp;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;

/** Columns are as wide as what stands in them. */
const narrow = (text: string): string => text.replace(/ +/g, ' ').trimEnd();

/** The words of a command line without quotes. */
async function run(line: string): Promise<string> {
  const settings = { ...CHEAP_HASHING, DATABASE_URL: test.databaseUrl, DATA_DIR: folder.path };
  const { stdout, stderr } = await runCommand(settings, line.slice(COMMAND.length).split(' '), {
    terminal: line.includes('password-reset'),
  });
  return stdout + stderr;
}

beforeAll(async () => {
  folder = await temporaryFolder();
  test = await startTestApp({ ...CHEAP_HASHING, DATA_DIR: folder.path });
});

afterAll(async () => {
  await test.close();
  await folder.remove();
});

// One account in trouble: each step goes on from the one before it.
describe('docs/cli.md', () => {
  it('has no command without an answer', () => {
    expect(steps.filter(({ answer }) => answer === undefined)).toEqual([]);
    expect(steps.filter(({ command }) => command.startsWith(COMMAND)).length).toBeGreaterThan(9);
  });

  it.each(steps)('shows at line $line what really happens', async ({ command, answer }) => {
    const line = session.filledIn(command, test.url);
    const printed = line.startsWith(COMMAND) ? await run(line) : await pasteCurl(line);
    session.expectDocumented(narrow(printed), narrow(answer!));
  });
});
