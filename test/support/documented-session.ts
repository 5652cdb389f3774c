import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PROJECT_ROOT } from '../../src/config/project-root.js';

const DOCUMENTED_URL = 'http://127.0.0.1:3000';

const BLOCK = /^```(\w*)\n([\s\S]*?)\n```$/gm;

/** A command of a page, the line that it begins on, and the answer that is printed below it. */
export interface Step {
  readonly line: number;
  readonly language: 'sh' | 'sql';
  readonly command: string;
  readonly answer: string | undefined;
}

export const readPage = (path: string): string =>
  readFileSync(fileURLToPath(new URL(path, PROJECT_ROOT)), 'utf8');

/** Every block of a page but the answers, which go with the commands that they stand below. */
export function readSteps(path: string): Step[] {
  const page = readPage(path);
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

/** What a reader of a page keeps in mind: what stood in the answers where the page has `<names>`. */
export class DocumentedSession {
  private readonly known = new Map<string, string>();

  /**
   * The command with what its reader puts in for `<names>`, sent to the URL instead of the page's.
   *
   * @param given what the reader knows from elsewhere, such as a mailbox
   */
  filledIn(
    command: string,
    url: string,
    given: Readonly<Record<string, () => string | undefined>> = {},
  ): string {
    return command.replaceAll(DOCUMENTED_URL, url).replace(/<([^<>]+)>/g, (_, name: string) => {
      const value = given[name] ? given[name]() : this.known.get(name);
      if (value === undefined) throw new Error(`no answer has shown a <${name}>`);
      return value;
    });
  }

  /** Compares, and takes note of what stands for the `<names>` that are new. */
  expectDocumented(actual: string, documented: string): void {
    const names: string[] = [];
    const pattern = documented.split(/(…|<[^<>]+>)/).map((part) => {
      if (part === '…') return '.*?';
      if (!/^<.+>$/.test(part)) return escaped(part);
      const name = part.slice(1, -1);
      const value = this.known.get(name);
      if (value !== undefined) return escaped(value);
      const group = names.indexOf(name);
      if (group !== -1) return `\\${group + 1}`;
      names.push(name);
      return '([^"]+)';
    });
    const match = new RegExp(`^${pattern.join('')}$`, 's').exec(actual);
    // Where it does not match, the difference is what the reader of the failure needs.
    if (match === null) expect(actual).toBe(documented);
    for (const [index, name] of names.entries()) this.known.set(name, match![index + 1]!);
  }
}
