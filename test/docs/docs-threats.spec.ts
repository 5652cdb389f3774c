import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { PROJECT_ROOT } from '../../src/config/project-root.js';
import { ASVS } from '../support/asvs.js';

const read = (path: string): string =>
  readFileSync(fileURLToPath(new URL(path, PROJECT_ROOT)), 'utf8');

const PAGES = ['SECURITY.md', 'docs/threats.md'] as const;
const settings = read('.env.example');
const pages = new Map(PAGES.map((page) => [page, read(page)]));

/** A test as the pages name it, by its file and a part of its title. */
const REFERENCE = /`((?:test|src)\/\S+) › ([^`]+)`/g;
const TESTS = new RegExp(`^${REFERENCE.source}(, ${REFERENCE.source})*$`);

const referencesIn = (page: (typeof PAGES)[number]): string[][] =>
  Array.from(pages.get(page)!.matchAll(REFERENCE), ([, file, title]) => [file!, title!]);

/** `it('…')`, `describe.each(…)('…')` and their like, but nothing that is skipped. */
const DECLARES_A_TEST = /^(it|describe)(\.each\b|$)/;

const titlesByFile = new Map<string, string[]>();

/** The titles of the tests of a file that exists, and of the groups that they stand in. */
function titlesOf(file: string): string[] {
  const known = titlesByFile.get(file);
  if (known) return known;
  const titles: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && DECLARES_A_TEST.test(node.expression.getText())) {
      const [title] = node.arguments;
      if (title && ts.isStringLiteralLike(title)) titles.push(title.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true));
  titlesByFile.set(file, titles);
  return titles;
}

/** The cells of every row, heads left out, of the tables whose last column is "Test". */
function rowsIn(page: (typeof PAGES)[number]): string[][] {
  let inside = false;
  return pages
    .get(page)!
    .split('\n')
    .flatMap((line) => {
      const cells = line.split('|').map((cell) => cell.trim());
      const last = cells.at(-2);
      if (last === undefined || last === 'Test') {
        inside = last !== undefined;
        return [];
      }
      return inside && !/^-+$/.test(last) ? [cells.slice(1, -1)] : [];
    });
}

const requirements = rowsIn('docs/threats.md');

describe.each(PAGES)('%s', (page) => {
  it.each(referencesIn(page))('names a test that there is: %s › %s', (file, title) => {
    expect(existsSync(new URL(file, PROJECT_ROOT))).toBe(true);
    expect(titlesOf(file).filter((one) => one.includes(title))).not.toEqual([]);
  });

  it('names each in the same way', () => {
    expect(pages.get(page)!.match(/›/g)).toHaveLength(referencesIn(page).length);
  });

  it('names no setting that there is not', () => {
    const named = pages.get(page)!.matchAll(/`([A-Z][A-Z0-9]*_[A-Z0-9_]+)\b/g);
    const unknown = Array.from(named, ([, name]) => name!).filter(
      (name) => !settings.includes(`\n#${name}=`),
    );
    expect(unknown).toEqual([]);
  });
});

type Cells = [no: string, level: string, status: string, asks: string, how: string, tests: string];

/** The requirements that a line's number stands for: one, or all of `1.2.6–1.2.8` or `10.1–10.7`. */
function numbersOf(no: string): string[] {
  const [first, last = first] = no.split('–').map((one) => one.split('.').map(Number));
  const compare = (number: string, bound: number[]): number =>
    bound.reduce((order, part, index) => order || Number(number.split('.')[index]) - part, 0);
  return [...ASVS.keys()].filter(
    (number) => compare(number, first!) >= 0 && compare(number, last!) <= 0,
  );
}

describe('docs/threats.md', () => {
  const lines = requirements as Cells[];
  // A line with – is this project's own.
  const ofStandard = lines.filter(([no]) => no !== '–');

  it('has every requirement of chapters V1 to V16 once', () => {
    expect(ofStandard.flatMap(([no]) => numbersOf(no))).toEqual([...ASVS.keys()]);
  });

  it.each(ofStandard)('has the level of the standard: %s, level %s', (no, level) => {
    const levels = numbersOf(no).map((number) => ASVS.get(number)!);
    expect(level).toBe([...new Set([Math.min(...levels), Math.max(...levels)])].join('–'));
  });

  it.each(lines)('has tests, or a reason: %s (level %s) is %s: %s', (...cells) => {
    expect(cells).toHaveLength(6);
    const [, , status, asks, how, tests] = cells;
    expect(asks).not.toBe('');
    expect(['met', 'partly', 'not met', 'n/a']).toContain(status);
    expect(tests).toMatch(['met', 'partly'].includes(status) ? TESTS : /^$/);
    expect(how).toMatch(status === 'partly' ? /[^ ]\. Not met(:| for| in) \S/ : /\S/);
  });
});

it.each(rowsIn('SECURITY.md'))('SECURITY.md promises with a test: %s', (_, proof) => {
  expect(proof).toMatch(TESTS);
});
