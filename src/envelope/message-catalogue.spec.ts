import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LANGUAGES, registeredMessages, translate } from './message-catalogue.js';

const SOURCES = fileURLToPath(new URL('..', import.meta.url));

const filesOf = (pattern: RegExp): string[] =>
  readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .map((path) => join(SOURCES, path))
    .filter((path) => pattern.test(path))
    .sort();

const localeFiles = filesOf(/[/\\]locales[/\\][^/\\]+\.json$/);

const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{.*?\}\}/g)].map(([found]) => found).sort();

let messages: ReturnType<typeof registeredMessages>;
let namespaces: string[];

beforeAll(async () => {
  // Whatever module has texts takes part, without being named here.
  for (const file of filesOf(/\.(messages|failures)\.ts$/)) await import(file);
  messages = registeredMessages();
  namespaces = Object.keys(messages.zh ?? {});
});

it('has the four languages', () => {
  expect(Object.keys(messages).sort()).toEqual([...LANGUAGES].sort());
  expect(namespaces).toEqual(expect.arrayContaining(['protocol', 'personal']));
});

it.each(LANGUAGES)('has every text in %s, with the same placeholders', (language) => {
  expect(Object.keys(messages[language] ?? {}).sort()).toEqual([...namespaces].sort());
  for (const namespace of namespaces) {
    const texts = messages[language]?.[namespace] ?? {};
    const chinese = messages.zh?.[namespace] ?? {};
    const outline = (catalogue: Record<string, string>): Record<string, string[]> =>
      Object.fromEntries(Object.entries(catalogue).map(([key, text]) => [key, placeholders(text)]));
    expect({ namespace, ...outline(texts) }).toEqual({ namespace, ...outline(chinese) });
  }
});

it.each(LANGUAGES)('has no empty or padded text in %s', (language) => {
  for (const [namespace, texts] of Object.entries(messages[language] ?? {})) {
    for (const [key, text] of Object.entries(texts)) {
      expect({ namespace, key, text }).toEqual({
        namespace,
        key,
        text: expect.stringMatching(/^\S(.*\S)?$/s),
      });
      // Half a placeholder would be shown as it stands.
      expect(text.replaceAll(/\{\{\w+\}\}/g, '')).not.toMatch(/[{}]/);
    }
  }
});

it('registers every file of texts', () => {
  expect(localeFiles.length).toBe(namespaces.length * LANGUAGES.length);
  for (const file of localeFiles) {
    const texts: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const registered = Object.values(messages[basename(file, '.json')] ?? {});
    expect(registered).toContainEqual(texts);
  }
});

it('fills placeholders with what is given, and never looks into it', () => {
  const given = { method: '{{allowed}}$t(protocol:success)', allowed: '<b>&' };
  const text = translate('en', 'protocol:methodNotAllowed', given);
  expect(text).toContain(given.method);
  expect(text).toContain(given.allowed);
});
