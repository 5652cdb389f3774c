// Text that careless code takes more than linear time for. The bench uses it, too.

/** @param {string} part @param {number} bytes */
const run = (part, bytes) => part.repeat(Math.ceil(bytes / Buffer.byteLength(part)));

/** Text of a kind that is about so many bytes long, by its name. @type {Readonly<Record<string, (bytes: number) => string>>} */
export const SLOW_TEXTS = {
  spaces: (bytes) => run(' ', bytes),
  'spaces between letters': (bytes) => `x${run(' ', bytes)}x`,
  'tabs and line breaks': (bytes) => `x${run('\t\n', bytes)}x`,
  'ideographic spaces': (bytes) => `x${run('\u3000', bytes)}x`,
  'zero-width spaces': (bytes) => `x${run('\u200b', bytes)}x`,
  'combining marks': (bytes) => `a${run('\u0345', bytes / 2)}${run('\u0301', bytes / 2)}`,
  'one letter': (bytes) => run('a', bytes),
  'one digit': (bytes) => run('1', bytes),
  'opening brackets': (bytes) => run('[', bytes),
  'brackets in brackets': (bytes) => run('(', bytes / 2) + run(')', bytes / 2),
  'parts of an address': (bytes) => `${run('a.', bytes / 2)}@${run('a.', bytes / 2)}!`,
  quotes: (bytes) => run('"\\', bytes),
  'a mixture': (bytes) => run('a 1\t.@/\u00a0"\\[]{}<>%\u0301\u3000=&;,', bytes),
};
