import { readdirSync, readFileSync } from 'node:fs';
import { PROJECT_ROOT } from '../../src/config/project-root.js';

const SOURCE = new URL('src/', PROJECT_ROOT);
const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'),
);

it.each([
  ['starts no program', /['"](node:)?child_process['"]/, []],
  ['makes no code of text', /(?<![.\w])(eval|Function)\(|['"](node:)?vm['"]/, []],
  // The share of requests that are traced is no secret.
  ['draws nothing from Math.random', /Math\.random\(/, ['tracing/otlp-tracing.ts']],
  ['builds no regular expression of what it is given', /RegExp\((?![`'"])\s*(?![`'"])/, []],
])('src %s', (_, pattern, exceptions) => {
  const found = files.filter((file) => pattern.test(readFileSync(new URL(file, SOURCE), 'utf8')));
  expect(found).toEqual(exceptions);
});
