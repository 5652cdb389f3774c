import type { LoggerService, LogLevel } from '@nestjs/common';
import { type DestinationStream, type Logger, pino } from 'pino';
import type { RuntimeSettings } from '../config/runtime.settings.js';

/** Bytes of lines that are written together, and milliseconds for which they may wait for more. */
const CHUNK_BYTES = 4_096;
const FLUSH_MS = 250;

/** Bytes that wait for a reader who does not keep up; beyond that lines are dropped, and told so. */
const BACKLOG_BYTES = 16_777_216;

/**
 * The process's logger: one JSON line an event, to standard output. In production lines are written in
 * chunks and off the main thread, the last ones at the process's end: a process that is killed takes
 * the lines of its last quarter of a second with it.
 */
export const createLogger = ({ logLevel, nodeEnv }: RuntimeSettings): Logger =>
  pino(
    {
      level: logLevel,
      base: undefined,
      messageKey: 'msg',
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: describeError },
    },
    nodeEnv === 'production' ? chunkedOutput() : pino.destination(1),
  );

function chunkedOutput(): DestinationStream {
  const output = pino.destination({
    dest: 1,
    sync: false,
    minLength: CHUNK_BYTES,
    periodicFlush: FLUSH_MS,
    maxLength: BACKLOG_BYTES,
  });
  let dropped = 0;
  output.on('drop', () => (dropped += 1));
  output.on('drain', () => {
    if (dropped === 0) return;
    process.stderr.write(`${dropped} log lines were dropped: nobody reads fast enough\n`);
    dropped = 0;
  });
  return output;
}

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
