// Writes the parts of the documentation that are made from the code, each between its two marks.
import { readFileSync, writeFileSync } from 'node:fs';
import { cruise } from 'dependency-cruiser';
import { format, resolveConfig } from 'prettier';
import { eventsTable } from './events-table.mjs';

const MODULE = /^src\/modules\/([^/]+)/;

/** Which module imports from which, as a Mermaid diagram. */
async function moduleGraph() {
  const { output } = await cruise(['src/modules'], {
    includeOnly: { path: '^src/modules/' },
    exclude: { path: '\\.spec\\.ts$' },
    collapse: '^src/modules/[^/]+',
    tsPreCompilationDeps: true,
  });
  const name = (path) => MODULE.exec(path)[1];
  const lines = output.modules.flatMap(({ source, dependencies }) => {
    const used = [...new Set(dependencies.map(({ resolved }) => name(resolved)))];
    return used.length === 0 ? [name(source)] : used.map((other) => `${name(source)} --> ${other}`);
  });
  return `\`\`\`mermaid\nflowchart TD\n${lines
    .sort()
    .map((line) => `  ${line}`)
    .join('\n')}\n\`\`\``;
}

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
await fill('events.md', 'events', eventsTable());
