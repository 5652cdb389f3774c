import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import {
  besides,
  dependencies,
  made,
  syntax,
  table,
  TEST_FILES,
  tests,
  types,
} from './breakages.mjs';
import { Copy } from './copy.js';

interface Failed {
  /** File from the tree's root, and what the check says of it. */
  readonly file: string;
  readonly fails: string;
}

let copy: Copy;

beforeAll(() => {
  copy = new Copy();
});

afterEach(() => {
  copy.mend();
});

afterAll(() => {
  copy.remove();
  for (const { rule, by, check } of table) process.stdout.write(`${rule} | ${by} | ${check}\n`);
});

const asText = ({ file, fails }: Failed): string => `${file}: ${fails}`;

describe('dependency-cruiser', () => {
  const cruise = async (): Promise<Failed[]> => {
    const { ok, output } = await copy.run('npx', 'depcruise', 'src');
    const violations = [...output.matchAll(/^ *error ([\w-]+): ([\w./-]+)/gm)];
    expect(ok).toBe(violations.length === 0);
    return violations.map(([, fails = '', file = '']) => ({ file, fails }));
  };

  it('lets the tree pass, and tells every breakage by its rule', async () => {
    expect(await cruise()).toEqual([]);
    copy.break([...besides, ...dependencies]);
    const told = (await cruise()).map(asText);
    expect(dependencies.map(asText).filter((one) => !told.includes(one))).toEqual([]);
  });

  it('has no rule that is not broken here', () => {
    const rules = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as {
      forbidden: { name: string }[];
    };
    const names = rules.forbidden.map(({ name }) => name);
    expect(dependencies.map(({ fails }) => fails)).toEqual(expect.arrayContaining(names));
  });
});

describe('ESLint', () => {
  const lint = async (): Promise<Failed[]> => {
    const files = syntax.map(({ file }) => file);
    const { ok, output } = await copy.run('npx', 'eslint', '--format', 'json', ...files);
    const results = JSON.parse(output) as {
      filePath: string;
      messages: { ruleId: string; message: string }[];
    }[];
    const said = results.flatMap(({ filePath, messages }) =>
      messages.map(({ message }) => ({
        file: filePath.slice(copy.folder.length + 1),
        fails: message,
      })),
    );
    expect(ok).toBe(said.length === 0);
    return said;
  };

  it('lets the tree pass, and tells every breakage by its message', async () => {
    expect(await lint()).toEqual([]);
    copy.break(syntax);
    expect(await lint()).toEqual(
      expect.arrayContaining(
        syntax.map(({ file, fails }) => ({ file, fails: expect.stringContaining(bare(fails)) })),
      ),
    );
  });

  it('has no restriction that is not broken here', async () => {
    const script = `
      const { default: config } = await import('./eslint.config.js');
      const used = (name) => config.flatMap(({ rules }) => rules?.[name] ?? []);
      const messages = [
        ...used('no-restricted-syntax'),
        ...used('no-restricted-imports').flatMap(({ patterns }) => patterns ?? []),
      ].flatMap(({ message }) => message ?? []);
      console.log(JSON.stringify([...new Set(messages)]));`;
    const { output } = await copy.run('node', '--input-type=module', '-e', script);
    const messages = JSON.parse(output) as string[];
    expect(messages.length).toBeGreaterThan(0);
    expect(syntax.map(({ fails }) => fails)).toEqual(expect.arrayContaining(messages));
  });
});

it('tsc lets the tree pass, and tells every breakage by the key', async () => {
  const compile = () => copy.run('npx', 'tsc', '--noEmit');
  expect(await compile()).toMatchObject({ ok: true });
  copy.break(types);
  const { ok, output } = await compile();
  expect(ok).toBe(false);
  for (const { fails } of types) expect(output).toContain(fails);
});

it('npm run docs:check tells a change by hand by its file, and makes it anew', async () => {
  copy.break(made);
  const check = () => copy.run('npm', 'run', '--silent', 'docs:check');
  const { ok, output } = await check();
  expect(ok).toBe(false);
  for (const { fails } of made) expect(output).toMatch(new RegExp(fails));
  expect((await check()).ok).toBe(true);
});

describe('npm test', () => {
  const failing = async (): Promise<string[]> => {
    const report = join(copy.folder, 'report.json');
    const { ok } = await copy.run(
      'npm',
      'test',
      '--',
      '--json',
      `--outputFile=${report}`,
      ...TEST_FILES,
    );
    const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
      testResults: { assertionResults: { title: string; status: string }[] }[];
    };
    expect(testResults).toHaveLength(TEST_FILES.length);
    const failed = testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ status }) => status !== 'passed')
      .map(({ title }) => title);
    expect(ok).toBe(failed.length === 0);
    return failed;
  };

  /** Breakages of one test are told apart by trying them one after the other. */
  const rounds: (typeof tests)[] = [];
  for (const breakage of tests) {
    const round = rounds.find((others) => others.every(({ fails }) => fails !== breakage.fails));
    if (round) round.push(breakage);
    else rounds.push([breakage]);
  }

  it('lets the tree pass', async () => {
    expect(await failing()).toEqual([]);
  });

  it.each(rounds.map((round) => [round.map(({ by }) => by).join('; '), round] as const))(
    'fails with: %s',
    async (_, round) => {
      copy.break(round);
      expect(await failing()).toEqual(expect.arrayContaining(round.map(({ fails }) => fails)));
    },
  );
});

/** ESLint prints some messages without their full stop. */
function bare(message: string): string {
  return message.replace(/\.$/, '');
}
