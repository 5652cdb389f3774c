// A load of one route, by a generator of the field, of which every answer is checked.
import { spawnSync } from 'node:child_process';
import { driveWithAutocannon } from './autocannon.mjs';
import { driveWithWrk } from './wrk.mjs';

/**
 * @typedef {object} Load what a load came to
 * @property {number} requests answered, all of them rightly
 * @property {number} abandoned under way at the end: they are carried out, but nobody waits for them
 * @property {number} seconds
 * @property {number} p50 milliseconds
 * @property {number} p99 milliseconds
 */

/**
 * @typedef {object} LoadOptions
 * @property {string} url where the route is served, without its path
 * @property {import('./answers.mjs').Route} route
 * @property {number} seconds
 * @property {number} connections
 * @property {readonly import('../users.mjs').BenchUser[]} users whose tokens are used in turn
 */

/** @typedef {(options: LoadOptions) => Promise<Load>} Generator throws where an answer was wrong */

/** @typedef {'wrk' | 'autocannon'} GeneratorName */

/** @type {Readonly<Record<GeneratorName, Generator>>} */
export const GENERATORS = { wrk: driveWithWrk, autocannon: driveWithAutocannon };

/** Whether wrk is installed. */
export const hasWrk = () => spawnSync('wrk', ['-v']).error === undefined;
