import { pino } from 'pino';
import { NestLogger } from '../../src/logging/logger.js';

/** Warnings and errors that were logged during the current test; see logged-errors-environment.mjs. */
declare global {
  var loggedErrors: string[] | undefined;
}

interface Line {
  readonly level: number;
  readonly msg?: string;
  readonly context?: string;
  readonly err?: { readonly message?: string; readonly stack?: string };
}

/** What people want to read of a line: the message, what else it names, and the error's stack. */
function readable({ level, msg, context, err, ...rest }: Line): string {
  const details = Object.entries(rest).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  const said = [pino.levels.labels[level], context, msg ?? err?.message, ...details].filter(
    (one) => one !== undefined,
  );
  return [said.join(' '), err?.stack ?? err?.message].filter((one) => one !== undefined).join('\n');
}

/** A logger that writes nothing: what it is told is shown with the test that fails meanwhile. */
export const keptForFailures = (): NestLogger =>
  new NestLogger(
    pino(
      { level: 'warn', base: undefined, timestamp: false },
      {
        write: (line: string) => {
          globalThis.loggedErrors?.push(readable(JSON.parse(line) as Line));
        },
      },
    ),
  );
