import type { LoggerService, LogLevel } from '@nestjs/common';
import { type DestinationStream, type Logger, pino } from 'pino';
import type { RuntimeSettings } from '../config/runtime.settings.js';

/** In production: bytes of lines that are written together, and milliseconds they may wait for more. */
const CHUNKED = { minLength: 4_096, periodicFlush: 250 };

/** Bytes that wait until they can be written; beyond that lines are dropped, and told so. */
const BACKLOG_BYTES = 16_777_216;

/**
 * The process's logger: one JSON line an event, to standard output. In production lines are written in
 * chunks and off the main thread, the last ones at the process's end: a process that is killed takes
 * the lines of its last quarter of a second with it.
 */
export const createLogger = ({ logLevel, nodeEnv }: RuntimeSettings): Logger =>
  createLines(logLevel, standardOutput(nodeEnv === 'production' ? CHUNKED : {}));

/** The logger of a command: warnings and errors, to standard error, for standard output has its answer. */
export const createCommandLogger = (): Logger =>
  createLines('warn', pino.destination({ dest: 2, sync: true }));

/** A logger whose lines have the form of this service's log. */
const createLines = (level: string, destination: DestinationStream): Logger =>
  pino(
    {
      level,
      base: undefined,
      messageKey: 'msg',
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: describeError },
    },
    destination,
  );

/**
 * Standard output, which may be on a full disk. That must not end the process: lines wait, and the next
 * line, in production the next flush too, tries again.
 */
function standardOutput(chunks: Partial<typeof CHUNKED>): DestinationStream {
  const output = pino.destination({ dest: 1, sync: false, maxLength: BACKLOG_BYTES, ...chunks });
  const flushSync = output.flushSync.bind(output);
  let isFailing = false;
  let dropped = 0;
  output.on('error', ({ message }: Error) => {
    if (isFailing) return;
    isFailing = true;
    process.stderr.write(`The log cannot be written: ${message}\n`);
  });
  output.on('drop', () => (dropped += 1));
  output.on('drain', () => {
    isFailing = false;
    if (dropped === 0) return;
    process.stderr.write(`${dropped} log lines were dropped: too many waited to be written\n`);
    dropped = 0;
  });
  // Called at the process's end and after a fatal line. It tries again for ever, with the process at a stop.
  output.flushSync = () => {
    if (!isFailing) flushSync();
  };
  return output;
}

/**
 * Lets the process live where its standard output or error cannot be written, by other means than the
 * log: for what is printed at the start, and for what tells of the log.
 */
export function outliveStandardStreams(): void {
  process.stdout.on('error', ({ message }) => {
    process.stderr.write(`Standard output cannot be written: ${message}\n`);
  });
  // Nothing is left to say it on.
  process.stderr.on('error', () => undefined);
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
