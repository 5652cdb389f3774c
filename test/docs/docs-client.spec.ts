import { readFileSync } from 'node:fs';
import { PROJECT_ROOT } from '../../src/config/project-root.js';

const read = (file: string): string => readFileSync(new URL(file, PROJECT_ROOT), 'utf8');

const ROW = /^\| `([a-z]+\/[a-z]+)` +\| [^|]+\| (yes|no)\b[^|]*\|$/gm;

const calls = Array.from(read('docs/client.md').matchAll(ROW), ([, call, answered]) => ({
  call: call!,
  answered: answered === 'yes',
}));

const { paths } = JSON.parse(read('docs/openapi.json')) as { paths: Record<string, unknown> };

it('has a table of calls, each once', () => {
  expect(calls.length).toBeGreaterThan(30);
  expect(new Set(calls.map(({ call }) => call)).size).toBe(calls.length);
});

it.each(calls.filter(({ answered }) => !answered))('leaves $call to a shop', ({ call }) => {
  expect(paths).not.toHaveProperty([`/${call}`]);
});

it.each(calls.filter(({ answered }) => answered))('is answered: $call', ({ call }) => {
  expect(paths).toHaveProperty([`/${call}`]);
});
