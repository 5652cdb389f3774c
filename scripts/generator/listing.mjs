// What npm run new:module writes, for docs/extending.md.
import { readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import { format, resolveConfig } from 'prettier';
import { MODULE_FILES } from './files.mjs';
import { moduleNames } from './names.mjs';

/** A migration's timestamp is the time at which it is generated. */
const TIMESTAMP = '1800000000000';

/** The texts in two of the four languages are enough to see what they are. */
const LEFT_OUT = ['locales/cht.json', 'locales/spa.json'];

/**
 * Every file of a module that is generated, in Markdown.
 *
 * @param {string} name
 */
export async function moduleListing(name) {
  const data = { ...moduleNames(name), timestamp: TIMESTAMP };
  const filled = (template) => Handlebars.compile(template, { noEscape: true })(data);
  const files = Object.entries(MODULE_FILES).filter(([template]) => !LEFT_OUT.includes(template));
  const parts = files.map(async ([template, path]) => {
    const url = new URL(`templates/module/${template}.hbs`, import.meta.url);
    const file = filled(path);
    const options = { ...(await resolveConfig(file)), filepath: file };
    const text = await format(filled(readFileSync(url, 'utf8')), options);
    return `\`${file}\`\n\n\`\`\`${file.split('.').at(-1)}\n${text}\`\`\``;
  });
  return (await Promise.all(parts)).join('\n\n');
}
