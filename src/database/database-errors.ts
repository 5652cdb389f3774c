import { ServiceUnavailableException } from '@nestjs/common';
import pg from 'pg';
import { QueryFailedError } from 'typeorm';

/**
 * SQLSTATEs after which a connection cannot be used again: connection exceptions, a transaction or session left
 * idle too long, a server that shuts down, crashed, or lost the database. After a write to a standby
 * (25006) the connection works, but the next one may lead to the new primary.
 */
const ENDS_CONNECTION_SQLSTATE = /^(08...|25006|25P03|57P0[1-5])$/;

/** Severities of errors with which the server ends the connection. PgBouncer never translates them. */
const ENDS_CONNECTION_SEVERITY = new Set(['FATAL', 'PANIC']);

/** The database did not answer in time, or not at all. Whether a write happened is unknown. */
export class DatabaseUnavailableException extends ServiceUnavailableException {
  override readonly name = 'DatabaseUnavailableException';

  constructor(cause: unknown) {
    super('The database does not answer', { cause });
  }

  /** Whether the server said so itself, over a connection that can be used again. */
  get saidByServer(): boolean {
    const { cause } = this;
    return (
      cause instanceof pg.DatabaseError &&
      !ENDS_CONNECTION_SQLSTATE.test(cause.code ?? '') &&
      !ENDS_CONNECTION_SEVERITY.has(cause.severity ?? '')
    );
  }
}

/**
 * SQLSTATE classes and codes that speak of the server rather than of the statement
 * (https://www.postgresql.org/docs/current/errcodes-appendix.html): connection exceptions, refused
 * log-ins, a database that is missing or closed, insufficient resources, shutdown and start-up,
 * read-only standby, cancelled by the time limit, a transaction left idle too long, a commit with
 * an unknown outcome, a lock that is not to be had, failures of the server's system.
 */
const UNAVAILABLE_SQLSTATE =
  /^(08...|25006|25P03|28...|3D000|40003|53...|55000|55P03|57P0[1-5]|57014|58...)$/;

/** What `pg` and its pool say where a connection was not made in time. */
const CONNECT_TIMEOUT_MESSAGE =
  /timeout exceeded when trying to connect|timeout expired|due to connection timeout/;

/** Other failures that they report without a code. */
const UNAVAILABLE_MESSAGE =
  /Query read timeout|Connection terminated|Client has encountered a connection error|Client was closed|Cannot use a pool after calling end/;

/** Whether no connection was made because the server took too long, not because it refused. */
export const isConnectTimeout = (error: unknown): boolean =>
  error instanceof Error && CONNECT_TIMEOUT_MESSAGE.test(error.message);

const UNAVAILABLE_SYSTEM_ERROR = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** Whether an error of `pg` means that the database cannot be used now. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isDatabaseUnavailable);
  if (error instanceof pg.DatabaseError) return UNAVAILABLE_SQLSTATE.test(error.code ?? '');
  if (!(error instanceof Error)) return false;
  const { code } = error as NodeJS.ErrnoException;
  return (
    (code !== undefined && UNAVAILABLE_SYSTEM_ERROR.has(code)) ||
    isConnectTimeout(error) ||
    UNAVAILABLE_MESSAGE.test(error.message)
  );
}

/** The error of `pg` in one of TypeORM's; another error as it is. */
export const driverErrorOf = (error: unknown): unknown =>
  error instanceof QueryFailedError ? error.driverError : error;

/**
 * The error that a caller of the database gets: without TypeORM's wrapper, which carries the statement's
 * values along, and a {@link DatabaseUnavailableException} where the error speaks of the server.
 */
export function toDatabaseError(error: unknown): unknown {
  const cause = driverErrorOf(error);
  return isDatabaseUnavailable(cause) ? new DatabaseUnavailableException(cause) : cause;
}

/** Serialization failure and deadlock: PostgreSQL undid the work, which may succeed if it is done again. */
const UNDONE_SQLSTATE = new Set(['40001', '40P01']);

/** Whether PostgreSQL undid a transaction only because of others at the same time. */
export const wasUndone = (error: unknown): boolean => {
  const cause = driverErrorOf(error);
  return cause instanceof pg.DatabaseError && UNDONE_SQLSTATE.has(cause.code ?? '');
};

/**
 * The error of whatever asked the database, where nobody does it again: of what PostgreSQL undid nothing
 * happened, so that it is one of a database that is unavailable, too.
 */
export const finalDatabaseError = (error: unknown): unknown =>
  wasUndone(error)
    ? new DatabaseUnavailableException(driverErrorOf(error))
    : toDatabaseError(error);

/**
 * Whether a connection's prepared statement is of no use any more: a migration changed its columns, or
 * the server does not know it. Nothing of it ran, and on another connection it is prepared anew.
 */
export const isStaleStatement = (error: unknown): error is pg.DatabaseError =>
  error instanceof pg.DatabaseError &&
  (error.code === '26000' || (error.code === '0A000' && error.routine === 'RevalidateCachedQuery'));

/** SQLSTATE class 23: a constraint was violated. */
const INTEGRITY_VIOLATION = '23';

/**
 * The name of the constraint or unique index that a statement violated, or undefined for any other
 * error. Uniqueness is told by this, never by reading before writing.
 */
export const violatedConstraint = (error: unknown): string | undefined => {
  const cause = driverErrorOf(error);
  return cause instanceof pg.DatabaseError && (cause.code ?? '').startsWith(INTEGRITY_VIOLATION)
    ? cause.constraint
    : undefined;
};

/**
 * SQLSTATEs of a value that its type does not hold: a number out of range, a character that the encoding
 * does not have, an escape in JSON that stands for none.
 */
const REFUSED_VALUE_SQLSTATE = new Set(['22003', '22021', '22P05']);

/**
 * The SQLSTATE with which PostgreSQL refused a value, or undefined for any other error. The error's own
 * text may show the value.
 */
export const refusedValueState = (error: unknown): string | undefined => {
  const cause = driverErrorOf(error);
  if (!(cause instanceof pg.DatabaseError) || cause.code === undefined) return undefined;
  return REFUSED_VALUE_SQLSTATE.has(cause.code) ? cause.code : undefined;
};
