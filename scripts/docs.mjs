// Writes the parts of the documentation that are made from the code, each between its two marks.
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { table } from '../test/rules/breakages.mjs';
import { eventsTable } from './events-table.mjs';
import { folderGraph } from './folder-graph.mjs';
import { moduleListing } from './generator/listing.mjs';

const MODULE = /^src\/modules\/([^/]+)/;

/** Which module imports from which, as a Mermaid diagram. */
async function moduleGraph() {
  const lines = [];
  for (const [folder, imported] of await folderGraph()) {
    const name = MODULE.exec(folder)?.[1];
    if (name === undefined) continue;
    const used = imported.flatMap((other) => MODULE.exec(other)?.[1] ?? []);
    lines.push(...(used.length === 0 ? [name] : used.map((other) => `${name} --> ${other}`)));
  }
  return `\`\`\`mermaid\nflowchart TD\n${lines
    .sort()
    .map((line) => `  ${line}`)
    .join('\n')}\n\`\`\``;
}

/** Each rule, what breaks it and the check that fails then, as a Markdown table. */
function rules() {
  const cell = (text) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
  const rows = table.map(({ rule, by, check }) => [rule, by, check].map(cell).join(' | '));
  return ['Rule | Broken by | Check that fails', '-|-|-', ...rows]
    .map((row) => `| ${row} |`)
    .join('\n');
}

/** Keeps a table as it is made: padded, one long cell would change every line of it. */
const unpadded = (text) =>
  `<!-- prettier-ignore-start -->\n\n${text}\n\n<!-- prettier-ignore-end -->`;

/** Puts the text between `<!-- name -->` and `<!-- /name -->`. */
async function fill(file, name, text) {
  const url = new URL(`../docs/${file}`, import.meta.url);
  const page = readFileSync(url, 'utf8');
  const marks = new RegExp(`(<!-- ${name} -->\\n)[^]*(<!-- /${name} -->)`);
  if (!marks.test(page)) throw new Error(`docs/${file} has no place for ${name}`);
  const filled = page.replace(marks, (_, begin, end) => `${begin}\n${text}\n\n${end}`);
  writeFileSync(url, await format(filled, { ...(await resolveConfig(url)), parser: 'markdown' }));
}

await fill('architecture.md', 'module-graph', await moduleGraph());
await fill('architecture.md', 'rules', unpadded(rules()));
await fill('events.md', 'events', unpadded(eventsTable()));
await fill('extending.md', 'new-module', await moduleListing('coupon'));
