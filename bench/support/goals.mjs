// What the figures are held against. A goal that is missed is said, and fails nothing: a shared
// machine has slow minutes.
import { EXPRESS_WITH_CACHE, SERVICE } from './contestants.mjs';
import { ratio } from './measure.mjs';
import { figure, markdownTable } from './table.mjs';

/** @typedef {import('./measure.mjs').Result} Result */
/** @typedef {import('./measure.mjs').Sample} Sample */
/** @typedef {import('./load/answers.mjs').Route} Route */
/** @typedef {Awaited<ReturnType<typeof import('./starts.mjs').measureStarts>>} Starts */

/**
 * @typedef {object} Goal
 * @property {string} text
 * @property {number} value
 * @property {number} limit
 * @property {'least' | 'most'} kind
 */

/**
 * @typedef {object} Bound of the service's figure, or of its ratio to a peer's
 * @property {string} [of] the peer
 * @property {number} limit
 * @property {'least' | 'most'} kind
 */

/**
 * @typedef {object} Row a figure of each contestant
 * @property {string} text
 * @property {number} digits
 * @property {(name: string) => number} of NaN of one that has none
 * @property {(peer: string) => number} ratio the service's figure by the peer's
 * @property {readonly Bound[]} [bounds]
 */

/** Milliseconds from the start of the service's process until it is ready. */
export const MOST_START_MS = 1_500;

const MOST_MEMORY_MB = 250;

const SHOWN = [SERVICE, 'Express', EXPRESS_WITH_CACHE, 'node:http', 'tutorial'];

/**
 * One table of all goals: the figure of each contestant, and what part of it the service's is.
 *
 * @param {readonly { route: Route, results: Result[] }[]} measured
 * @param {Starts} starts
 */
export function goalTable(measured, starts) {
  const rows = [...measured.flatMap(loadRows), ...processRows(measured, starts)];
  const names = SHOWN.filter((name) => rows.some((row) => !Number.isNaN(row.of(name))));
  const [, ...peers] = names;
  const cells = rows.map(({ text, digits, of, ratio: ratioTo, bounds = [] }) => [
    text,
    figure(of(SERVICE), digits),
    ...peers.map((name) => `${figure(of(name), digits)} (${figure(ratioTo(name), 2)})`),
    bounds.map((bound) => judged(bound, bound.of ? ratioTo(bound.of) : of(SERVICE))).join('; '),
  ]);
  return markdownTable(['(service ÷ peer)', ...names, 'goal'], cells);
}

/** @param {{ route: Route, results: Result[] }} measured @returns {Row[]} */
function loadRows({ route, results }) {
  const named = (/** @type {string} */ name) => results.find((result) => result.name === name);
  const service = named(SERVICE);
  /** @type {(text: string, digits: number, value: (sample: Sample) => number, bounds: readonly Bound[]) => Row} */
  const row = (text, digits, value, bounds) => ({
    text: `${route}: ${text}`,
    digits,
    of: (name) => {
      const found = named(name);
      return found ? value(found.median) : NaN;
    },
    ratio: (name) => {
      const peer = named(name);
      return service && peer ? ratio(service, peer, value) : NaN;
    },
    bounds,
  });
  const { least, most } = LOAD_BOUNDS[route];
  return [
    row('requests a second', 0, ({ perSecond }) => perSecond, least),
    row('CPU ms a request', 2, ({ ownCpu }) => ownCpu, most.ownCpu),
    row('p50 ms', 1, ({ p50 }) => p50, []),
    row('p99 ms', 1, ({ p99 }) => p99, most.p99),
  ];
}

/** @type {Readonly<Record<Route, { least: readonly Bound[], most: { ownCpu: readonly Bound[], p99: readonly Bound[] } }>>} */
const LOAD_BOUNDS = {
  save: {
    least: [
      { of: 'Express', limit: 1, kind: 'least' },
      { of: 'node:http', limit: 0.9, kind: 'least' },
    ],
    most: {
      ownCpu: [{ of: 'Express', limit: 1.4, kind: 'most' }],
      p99: [{ of: 'Express', limit: 1.2, kind: 'most' }],
    },
  },
  index: {
    least: [{ of: 'Express', limit: 0.95, kind: 'least' }],
    most: { ownCpu: [], p99: [] },
  },
};

/**
 * @param {readonly { results: Result[] }[]} measured
 * @param {Starts} starts
 * @returns {Row[]}
 */
function processRows(measured, starts) {
  const memoryOf = (/** @type {string} */ name) => {
    const peaks = measured.flatMap(({ results }) =>
      results.filter((result) => result.name === name).map(({ peakMemory }) => peakMemory),
    );
    return peaks.length > 0 ? Math.max(...peaks) : NaN;
  };
  const startOf = (/** @type {string} */ name) => starts.find((one) => one.name === name)?.median;
  /** @type {(text: string, of: (name: string) => number, limit?: number) => Row} */
  const row = (text, of, limit) => ({
    text,
    digits: 0,
    of,
    ratio: (name) => of(SERVICE) / of(name),
    bounds: limit === undefined ? [] : [{ limit, kind: 'most' }],
  });
  return [
    row('peak memory, MB', memoryOf, MOST_MEMORY_MB),
    row('ready after ms', (name) => startOf(name)?.readyMs ?? NaN, MOST_START_MS),
    row('CPU ms until ready', (name) => startOf(name)?.cpuMs ?? NaN),
  ];
}

/** @param {Bound} bound @param {number} value */
function judged({ of, limit, kind }, value) {
  const asked = `at ${kind} ${limit}${of === undefined ? '' : ` of ${of}`}`;
  return Number.isNaN(value)
    ? `${asked}: unknown`
    : `${asked}: ${isWithin({ limit, kind }, value) ? 'reached' : 'MISSED'}`;
}

/** @param {Pick<Bound, 'limit' | 'kind'>} bound @param {number} value */
const isWithin = ({ limit, kind }, value) => (kind === 'least' ? value >= limit : value <= limit);

/** @param {Goal} goal */
export function verdict({ text, value, limit, kind }) {
  const word = Number.isNaN(value)
    ? 'unknown    '
    : isWithin({ limit, kind }, value)
      ? 'reached    '
      : 'NOT REACHED';
  return `${word} ${text}: ${value.toFixed(2)} (at ${kind} ${limit})`;
}
