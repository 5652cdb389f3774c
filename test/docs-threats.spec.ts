import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { PROJECT_ROOT } from '../src/config/project-root.js';

const read = (path: string): string =>
  readFileSync(fileURLToPath(new URL(path, PROJECT_ROOT)), 'utf8');

const PAGES = ['SECURITY.md', 'docs/threats.md'] as const;
const settings = read('.env.example');
const pages = new Map(PAGES.map((page) => [page, read(page)]));

/** A test as the pages name it, by its file and a part of its title. */
const REFERENCE = /`((?:test|src)\/\S+) › ([^`]+)`/g;
const TESTS = new RegExp(`^${REFERENCE.source}(, ${REFERENCE.source})*$`);
const NOT_MET = /^not met(:| for) \S/;

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

describe('docs/threats.md', () => {
  it('has every requirement once, by its number in ASVS', () => {
    const numbers = requirements.map(([number]) => number!).filter((number) => number !== '–');
    expect(numbers.filter((number) => !/^\d+\.\d+\.\d+$/.test(number))).toEqual([]);
    expect(numbers).toEqual([...new Set(numbers)]);
    expect(new Set(numbers.map((number) => number.split('.')[0]))).toEqual(
      new Set(['1', '2', '5', '6', '7', '8']),
    );
  });

  it.each(requirements)('names a test, or says "not met" and why: %s %s', (...cells) => {
    expect(cells).toHaveLength(4);
    // Both may stand there: `a test`; not met for the rest.
    for (const proof of cells[3]!.split(/; (?=not met)/)) {
      expect(proof).toMatch(proof.startsWith('not met') ? NOT_MET : TESTS);
    }
  });
});

it.each(rowsIn('SECURITY.md'))('SECURITY.md promises with a test: %s', (_, proof) => {
  expect(proof).toMatch(TESTS);
});
