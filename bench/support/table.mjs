// Results as text.
import { perSecond, ratio, ratios } from './measure.mjs';

/** @typedef {import('./measure.mjs').Result} Result */

const HEADINGS = [
  'contestant',
  'req/s',
  'p50 ms',
  'p99 ms',
  'CPU ms/req',
  'PostgreSQL',
  'peak MB',
  'SQL/req',
  'log B/req',
];

const BAR = 50;

/** @param {number} value @param {number} digits */
export const figure = (value, digits) => (Number.isNaN(value) ? 'n/a' : value.toFixed(digits));

/**
 * @param {readonly Result[]} results
 * @param {Result | undefined} service what the others are compared with; the last column is how often
 *   it has their requests a second, and the least and the most of it in a round
 */
export function table(results, service) {
  const rows = results.map((result) => {
    const { median: sample } = result;
    return [
      result.name,
      figure(sample.perSecond, 0),
      figure(sample.p50, 1),
      figure(sample.p99, 1),
      figure(sample.ownCpu, 2),
      figure(sample.databaseCpu, 2),
      figure(result.peakMemory, 0),
      figure(sample.statements, 1),
      figure(sample.walBytes, 0),
      ...(service ? [share(service, result)] : []),
    ];
  });
  return markdownTable([...HEADINGS, ...(service ? [`${service.name} ÷ it`] : [])], rows);
}

/** The median of the rounds' ratios, and the least and the most of them. @param {Result} service @param {Result} other */
function share(service, other) {
  const all = ratios(service, other, perSecond);
  const [middle, least, most] = [
    ratio(service, other, perSecond),
    Math.min(...all),
    Math.max(...all),
  ];
  return `${figure(middle, 2)} (${figure(least, 2)}–${figure(most, 2)})`;
}

/**
 * @param {readonly string[]} headings
 * @param {readonly (readonly string[])[]} rows
 */
export function markdownTable(headings, rows) {
  const widths = headings.map((heading, column) =>
    Math.max(3, ...[headings, ...rows].map((row) => row[column]?.length ?? heading.length)),
  );
  const line = (/** @type {readonly string[]} */ cells) =>
    `| ${cells
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join(' | ')} |`;
  const rule = widths.map((width, column) =>
    column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [line(headings), line(rule), ...rows.map(line)].join('\n');
}

/**
 * Bars of requests a second.
 *
 * @param {readonly Result[]} results
 */
export function textChart(results) {
  const longest = Math.max(...results.map(({ name }) => name.length));
  const most = Math.max(...results.map(({ median }) => median.perSecond));
  return results
    .map(({ name, median: { perSecond } }) => {
      const bar = '#'.repeat(Math.max(1, Math.round((perSecond / most) * BAR)));
      return `${name.padEnd(longest)} ${bar} ${perSecond.toFixed(0)}/s`;
    })
    .join('\n');
}
