// What the figures are held against. A goal that is missed is said, and fails nothing: a shared
// machine has slow minutes.
import { SERVICE } from './contestants.mjs';
import { perSecond, ratio } from './measure.mjs';

/** @typedef {import('./measure.mjs').Result} Result */
/** @typedef {import('./measure.mjs').Sample} Sample */
/** @typedef {import('./load/answers.mjs').Route} Route */

/**
 * @typedef {object} Goal
 * @property {string} text
 * @property {number} value
 * @property {number} limit
 * @property {'least' | 'most'} kind
 */

/** @type {Readonly<Record<Route, Readonly<Record<string, number>>>>} the least part of a peer's requests a second */
const LEAST_OF_PEER = {
  save: { Express: 1, 'node:http': 0.5, tutorial: 3.5 },
  index: { Express: 1, 'node:http': 0.5 },
};

const MOST_CPU_OF_EXPRESS = 0.9;
const MOST_MEMORY = 250;

/** @param {Sample} sample */
const wholeCpu = (sample) => sample.ownCpu + sample.databaseCpu;

/**
 * @param {Route} route
 * @param {readonly Result[]} results
 * @returns {Goal[]} those whose peers have run
 */
export function goalsOf(route, results) {
  const named = (/** @type {string} */ name) => results.find((result) => result.name === name);
  const service = named(SERVICE);
  if (!service) return [];
  /** @type {Goal[]} */
  const goals = Object.entries(LEAST_OF_PEER[route]).flatMap(([name, limit]) => {
    const peer = named(name);
    if (!peer) return [];
    const text = `personal/${route}: requests a second, part of ${name}`;
    return [{ text, value: ratio(service, peer, perSecond), limit, kind: 'least' }];
  });
  const express = named('Express');
  if (route === 'save' && express) {
    goals.push({
      text: 'personal/save: CPU with PostgreSQL, part of Express',
      value: ratio(service, express, wholeCpu),
      limit: MOST_CPU_OF_EXPRESS,
      kind: 'most',
    });
  }
  goals.push({
    text: `personal/${route}: peak memory, MB`,
    value: service.peakMemory,
    limit: MOST_MEMORY,
    kind: 'most',
  });
  return goals;
}

/** @param {Goal} goal */
export function verdict({ text, value, limit, kind }) {
  const isReached = kind === 'least' ? value >= limit : value <= limit;
  const word = Number.isNaN(value) ? 'unknown    ' : isReached ? 'reached    ' : 'NOT REACHED';
  return `${word} ${text}: ${value.toFixed(2)} (at ${kind} ${limit})`;
}
