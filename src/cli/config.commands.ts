import type { Command } from 'commander';
import { SettingsError } from '../config/env.js';
import { reportSettings } from '../config/setting-report.js';
import { givenEnv, loadSettings, processEnv } from '../config/settings.js';
import { CommandFailure, ExitCode } from './exit-code.js';
import { type Common, reading } from './options.js';
import { print, table } from './output.js';

/** The settings. */
export function configCommands(program: Command): void {
  const config = program.command('config').description('the settings');
  reading(config.command('check'), 'config check')
    .description('check every setting, and show what it is and where it came from')
    .action(({ json }: Common) => {
      const settings = reportSettings(givenEnv());
      const problems = problemsOf();
      const rows = settings.map((one) => ({ ...one }));
      print(json, { settings, problems }, table(rows, ['name', 'from', 'value']));
      if (problems.length > 0) throw new CommandFailure(ExitCode.failed, problems.join('\n'));
    });
}

function problemsOf(): string[] {
  try {
    loadSettings(processEnv());
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.message.split('\n');
    throw error;
  }
}
