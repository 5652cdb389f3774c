import { lstatSync, readFileSync } from 'node:fs';
import { type Env, SettingsError } from './env.js';

/** A line that sets a variable, or what is wrong with it. */
type Line =
  { readonly name: string; readonly value: string } | { readonly problem: string } | undefined;

/**
 * Reads a file of `NAME=value` lines as Node.js's `parseEnv` does, except that a line that `parseEnv`
 * skips or cuts short is an error: a setting that gets lost would have its default.
 *
 * Allowed are `export`, spaces around `=`, quotes of three kinds, and comments after a space. A quoted
 * value ends on its line; `\n` in double quotes is a line feed. A byte order mark is skipped.
 *
 * @param path the file; if there is none, the result is empty
 * @param settings the names of the settings; a name must not differ from one only in case
 * @throws SettingsError naming each wrong line by its number, not by its text, which may be a secret;
 *   or saying why the file cannot be read
 */
export function readEnvFile(path: string, settings: readonly string[]): Env {
  const problems: string[] = [];
  const values: Env = {};
  const lineOf = new Map<string, number>();
  textOf(path)
    .split(/\r\n|\n|\r/)
    .forEach((text, index) => {
      const line = parseLine(text.trim());
      if (line === undefined) return;
      const problem = 'problem' in line ? line.problem : problemOf(line.name, settings, lineOf);
      if (problem !== undefined) problems.push(`${path} line ${index + 1} ${problem}`);
      if ('problem' in line) return;
      lineOf.set(line.name, index + 1);
      values[line.name] = line.value;
    });
  if (problems.length > 0) throw new SettingsError(problems.join('\n'));
  return values;
}

/** The file's text; empty if there is no file. A link to nowhere is one that cannot be read. */
function textOf(path: string): string {
  try {
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return '';
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SettingsError(`${path} cannot be read: ${reason}`);
  }
}

function problemOf(
  name: string,
  settings: readonly string[],
  lineOf: ReadonlyMap<string, number>,
): string | undefined {
  const earlier = lineOf.get(name);
  if (earlier !== undefined) return `sets ${name} again, after line ${earlier}`;
  const capitals = name.toUpperCase();
  if (name !== capitals && settings.includes(capitals)) return `must write ${capitals} in capitals`;
  return undefined;
}

/** Reads a trimmed line; `undefined` if it is empty or a comment. */
function parseLine(text: string): Line {
  if (text === '' || text.startsWith('#')) return undefined;
  const [, name, right] = /^(?:export\s+)?([A-Za-z_]\w*)\s*=(.*)$/.exec(text) ?? [];
  if (name === undefined || right === undefined) return { problem: 'must be NAME=value' };
  if (/[^\P{Cc}\t]/u.test(right)) return { problem: 'has a control character' };
  const value = right.trimStart();
  return /^["'`]/.test(value) ? parseQuoted(name, value) : parseUnquoted(name, right);
}

function parseQuoted(name: string, text: string): Line {
  const quote = text.charAt(0);
  const end = text.indexOf(quote, 1);
  if (end === -1) return { problem: 'opens a quote and does not close it' };
  const rest = text.slice(end + 1).trim();
  if (rest !== '' && !rest.startsWith('#')) return { problem: 'has text after its closing quote' };
  const value = text.slice(1, end);
  return { name, value: quote === '"' ? value.replaceAll('\\n', '\n') : value };
}

function parseUnquoted(name: string, text: string): Line {
  const [value = ''] = text.split(/\s#/, 1);
  if (value.includes('#')) return { problem: 'must have quotes around a value with #' };
  return { name, value: value.trim() };
}
