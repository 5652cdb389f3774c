import type { LoggerService, LogLevel } from '@nestjs/common';
import { type Logger, pino } from 'pino';
import type { RuntimeSettings } from '../config/runtime.settings.js';

/** The process's logger: one JSON line an event, to standard output. */
export const createLogger = (settings: RuntimeSettings): Logger =>
  pino({
    level: settings.logLevel,
    base: undefined,
    messageKey: 'msg',
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: describeError },
  });

/**
 * An error without what it carries along: `pg` puts the row and body parsers the body into theirs.
 */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack } = error;
  const { code } = error as NodeJS.ErrnoException;
  return { name, message, ...(code !== undefined && { code }), stack };
}

/** Lets Nest and the modules' `Logger` write through pino. */
export class NestLogger implements LoggerService {
  constructor(private readonly pino: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  /** Levels come from `LOG_LEVEL` alone. */
  setLogLevels(_levels: LogLevel[]): void {
    // Nothing to do.
  }

  private write(
    level: 'trace' | 'debug' | 'warn' | 'error' | 'fatal',
    message: unknown,
    rest: unknown[],
  ): void {
    const context = rest.at(-1);
    const bindings = typeof context === 'string' ? { context } : {};
    const detail = rest.slice(0, -1).filter((one) => one !== undefined);
    if (message instanceof Error) {
      this.pino[level]({ ...bindings, err: message });
    } else if (typeof message === 'object' && message !== null) {
      this.pino[level]({ ...bindings, ...message });
    } else {
      this.pino[level]({ ...bindings, ...(detail.length > 0 && { detail }) }, String(message));
    }
  }
}
