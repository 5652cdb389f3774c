// The command line of `npm run bench`.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PEER_NAMES } from './contestants.mjs';
import { GENERATORS, hasWrk } from './load/load.mjs';

/** @typedef {import('./load/answers.mjs').Route} Route */

/**
 * @typedef {object} BenchOptions
 * @property {'compare' | 'growth' | 'start' | 'smoke'} mode
 * @property {number} rounds
 * @property {number} seconds of each load
 * @property {number} warmUp requests that are not measured
 * @property {number} connections
 * @property {number | undefined} users that are loaded; the mode's own number where absent
 * @property {readonly Route[]} routes
 * @property {readonly import('./contestants.mjs').PeerName[]} peers
 * @property {import('./load/load.mjs').GeneratorName} generator
 * @property {string} output the folder of charts and tables
 */

/** @type {readonly Route[]} */
const ROUTES = ['save', 'index'];

const GENERATOR_NAMES = /** @type {import('./load/load.mjs').GeneratorName[]} */ (
  Object.keys(GENERATORS)
);

/** @typedef {{ rounds: string, seconds: string, peers: string, output: string }} Extent */

/** @type {Extent} */
const WHOLE = { rounds: '5', seconds: '4', peers: PEER_NAMES.join(','), output: 'bench/results' };

/** @type {Extent} for who works on the service: it leaves the results of the whole run alone */
const QUICK = {
  rounds: '3',
  seconds: '3',
  peers: 'node,express,express-cache',
  output: join(tmpdir(), 'nest-shopxo-bench'),
};

/** @param {Partial<Extent>} values @returns {Partial<Extent>} without those that are absent */
const given = ({ rounds, seconds, peers, output }) => ({
  ...(rounds !== undefined && { rounds }),
  ...(seconds !== undefined && { seconds }),
  ...(peers !== undefined && { peers }),
  ...(output !== undefined && { output }),
});

export const USAGE = `npm run bench -- [--growth | --start | --smoke | --quick]
  [--rounds N] [--seconds S] [--warm-up N] [--connections N] [--users N]
  [--only save|index] [--peers ${PEER_NAMES.join(',')}] [--generator wrk|autocannon] [--output FOLDER]`;

/**
 * @param {string[]} args
 * @returns {BenchOptions}
 * @throws Error that says what is wrong
 */
export function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      growth: { type: 'boolean', default: false },
      start: { type: 'boolean', default: false },
      smoke: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      'warm-up': { type: 'string', default: '3000' },
      connections: { type: 'string', default: '32' },
      users: { type: 'string' },
      only: { type: 'string' },
      peers: { type: 'string' },
      generator: { type: 'string', default: hasWrk() ? 'wrk' : 'autocannon' },
      output: { type: 'string' },
    },
  });
  const extent = { ...(values.quick ? QUICK : WHOLE), ...given(values) };
  const modes = /** @type {const} */ (['growth', 'start', 'smoke']).filter((mode) => values[mode]);
  if (modes.length > 1) throw new Error(`--${modes.join(' and --')} exclude each other`);
  return {
    mode: modes[0] ?? 'compare',
    rounds: count('rounds', extent.rounds),
    seconds: count('seconds', extent.seconds),
    warmUp: count('warm-up', values['warm-up']),
    connections: count('connections', values.connections),
    users: values.users === undefined ? undefined : count('users', values.users),
    routes: values.only === undefined ? ROUTES : [oneOf('only', ROUTES, values.only)],
    peers: extent.peers
      .split(',')
      .filter((name) => name !== '')
      .map((name) => oneOf('peers', PEER_NAMES, name)),
    generator: oneOf('generator', GENERATOR_NAMES, values.generator),
    output: extent.output,
  };
}

/** @param {string} name @param {string} text */
function count(name, text) {
  if (!/^[1-9]\d{0,7}$/.test(text)) throw new Error(`--${name} must be a whole number above 0`);
  return Number(text);
}

/**
 * @template {string} Value
 * @param {string} name
 * @param {readonly Value[]} values
 * @param {string} given
 * @returns {Value}
 */
function oneOf(name, values, given) {
  const value = values.find((one) => one === given);
  if (value === undefined) throw new Error(`--${name} takes ${values.join(', ')}`);
  return value;
}
