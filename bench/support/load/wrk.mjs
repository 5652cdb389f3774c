import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { luaPatternOf, SAVED } from './answers.mjs';

const SCRIPT = fileURLToPath(new URL('wrk.lua', import.meta.url));

/** @type {import('./load.mjs').Generator} */
export async function driveWithWrk({ url, route, seconds, connections, users }) {
  const folder = await mkdtemp(join(tmpdir(), 'nest-shopxo-wrk-'));
  const tokens = join(folder, 'tokens');
  try {
    await writeFile(tokens, users.map(({ token }) => `${token}\n`).join(''));
    const { stdout } = await promisify(execFile)('wrk', [
      '--threads=1',
      `--connections=${connections}`,
      `--duration=${seconds}s`,
      '--timeout=30s',
      `--script=${SCRIPT}`,
      url,
      '--',
      route,
      tokens,
      luaPatternOf(route),
      JSON.stringify(SAVED).slice(1),
      Date.now().toString(36),
    ]);
    return { ...resultIn(stdout), abandoned: connections };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** @param {string} stdout @returns {Omit<import('./load.mjs').Load, 'abandoned'>} */
function resultIn(stdout) {
  const line = /^RESULT (.*)$/m.exec(stdout)?.[1];
  if (line === undefined) throw new Error(`wrk told no result:\n${stdout}`);
  /** @type {Omit<import('./load.mjs').Load, 'abandoned'> & { wrong: number, failed: number, answer: string }} */
  const { wrong, failed, answer, ...load } = JSON.parse(line);
  if (wrong + failed > 0) {
    const first = wrong > 0 ? `; the first wrong one: ${Buffer.from(answer, 'hex')}` : '';
    throw new Error(`${wrong} answers were wrong, ${failed} did not come${first}`);
  }
  return load;
}
