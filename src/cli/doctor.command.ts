import type { Command } from 'commander';
import { loadSettings, processEnv, type Settings } from '../config/settings.js';
import { databaseChecks } from './doctor/database.checks.js';
import { diskCheck } from './doctor/disk.check.js';
import type { Finding } from './doctor/finding.js';
import { neighbourChecks } from './doctor/neighbour.checks.js';
import { CommandFailure, ExitCode } from './exit-code.js';
import { type Common, reading } from './options.js';
import { print } from './output.js';

/** Looks whether everything that the service needs is there. */
export function doctorCommand(program: Command): void {
  reading(program.command('doctor'), 'doctor')
    .description('look whether everything that the service needs is there, and say how to mend it')
    .action(async ({ json }: Common) => {
      const findings = await examine(loadSettings(processEnv()));
      print(json, { findings }, findings.map(lineOf));
      const wrong = findings.filter(({ state }) => state === 'wrong').length;
      if (wrong > 0) throw new CommandFailure(ExitCode.failed, `${wrong} of these are wrong.`);
    });
}

/** One after another: each has the machine for itself, and the lines are in their order. */
async function examine(settings: Settings): Promise<Finding[]> {
  const findings: Finding[] = await databaseChecks(settings);
  for (const check of [...neighbourChecks, diskCheck]) findings.push(await check(settings));
  return findings;
}

const SIGNS = { fine: 'ok   ', wrong: 'WRONG', unused: '-    ' } as const;

const lineOf = ({ subject, state, text, remedy }: Finding): string =>
  `${SIGNS[state]}  ${subject}: ${text}${remedy === undefined ? '' : `. ${remedy}`}`;
