import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { PROJECT_ROOT } from '../../src/config/project-root.js';
import { settingNames } from '../../src/config/settings.js';

const FOLDERS = ['docs', 'deploy', 'bench', 'clients'];

const read = (path: string | URL): string => readFileSync(new URL(path, PROJECT_ROOT), 'utf8');

const pages = ['README.md', 'SECURITY.md'].concat(
  FOLDERS.flatMap((folder) =>
    readdirSync(new URL(folder, PROJECT_ROOT), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.md') && !path.includes('node_modules'))
      .map((path) => `${folder}/${path}`),
  ),
);

const withoutCode = (text: string): string => text.replace(/^```[^]*?^```/gm, '');

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(text: string): string[] {
  const headings = withoutCode(text).matchAll(/^#{1,6} (.+)$/gm);
  const slugs = Array.from(headings, ([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/ /g, '-'),
  );
  return slugs.map((slug, index) => {
    const before = slugs.slice(0, index).filter((one) => one === slug).length;
    return before === 0 ? slug : `${slug}-${before}`;
  });
}

/** The targets of a page's links to this repository. */
function linksOf(page: string): string[] {
  const targets = withoutCode(read(page)).matchAll(/\]\(([^)\s]+)\)/g);
  return Array.from(targets, ([, target]) => target!).filter((target) => !/^[a-z]+:/.test(target));
}

describe.each(pages)('%s', (page) => {
  const here = new URL(page, PROJECT_ROOT);

  it('links to files and headings that exist', () => {
    const dead = linksOf(page).filter((target) => {
      const url = new URL(target, here);
      const anchor = decodeURIComponent(url.hash.slice(1));
      url.hash = '';
      if (!existsSync(url)) return true;
      return anchor !== '' && !anchorsOf(read(url)).includes(anchor);
    });
    expect(dead).toEqual([]);
  });
});

it('docs/README.md lists every page of its folder', () => {
  const listed = linksOf('docs/README.md');
  const files = readdirSync(new URL('docs', PROJECT_ROOT)).filter((file) => file !== 'README.md');
  expect(files.filter((file) => !listed.includes(file))).toEqual([]);
});

describe('docs/settings.md', () => {
  /** The settings by the heading that they stand under. */
  const namesIn = (text: string, name: RegExp): Record<string, string[]> =>
    Object.fromEntries(
      text.split(/^## /m).flatMap((section) => {
        const names = Array.from(section.matchAll(name), ([, one]) => one!);
        return names.length === 0 ? [] : [[section.split('\n')[0]!, names.sort()]];
      }),
    );
  const firstCells = read('docs/settings.md').replace(/^(\|[^|]*\|).*$/gm, '$1');
  const onThePage = namesIn(firstCells, /(?<=^\|.*)`([A-Z0-9_]+)`/gm);

  it('has every setting once, under the heading of .env.example', () => {
    expect(onThePage).toEqual(namesIn(read('.env.example'), /^#([A-Z0-9_]+)=/gm));
    expect(Object.values(onThePage).flat().sort()).toEqual(settingNames().sort());
  });
});
