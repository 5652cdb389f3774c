// How long contestants take from the start of their process until they are ready.
import { cpuMs, peakMemory } from './processes.mjs';
import { median } from './service.mjs';

/**
 * @typedef {object} Start
 * @property {number} readyMs from the process's start to its first answer
 * @property {number} cpuMs milliseconds of processor time that it had until then
 * @property {number} memory the most mebibytes that it had until then
 */

/** To be called when it has just become ready. @param {import('./processes.mjs').RunningProcess} running @returns {Start} */
export const startOf = ({ pid, readyMs }) => ({
  readyMs,
  cpuMs: cpuMs([pid]),
  memory: peakMemory(pid),
});

/**
 * Starts contestants in turn, again and again, each of them alone.
 *
 * @param {readonly (() => Promise<import('./contestants.mjs').Contestant>)[]} contestants
 * @param {number} rounds
 * @returns {Promise<{ name: string, median: Start, samples: Start[] }[]>} in their order
 */
export async function measureStarts(contestants, rounds) {
  /** @type {Map<string, Start[]>} */
  const samples = new Map();
  // The first one is not counted: the service's loads the regions.
  for (let round = 0; round <= rounds; round += 1) {
    for (const begin of contestants) {
      const { name, start, stop } = await begin();
      await stop();
      if (round > 0 && start) samples.set(name, [...(samples.get(name) ?? []), start]);
    }
  }
  return Array.from(samples, ([name, all]) => ({ name, median: medianOf(all), samples: all }));
}

/** @param {readonly Start[]} samples @returns {Start} */
function medianOf(samples) {
  const of = (/** @type {keyof Start} */ key) => median(samples.map((sample) => sample[key]));
  return { readyMs: of('readyMs'), cpuMs: of('cpuMs'), memory: of('memory') };
}
