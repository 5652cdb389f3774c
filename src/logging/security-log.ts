import { createHmac, randomBytes } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { LogSettings } from '../config/log.settings.js';
import { addressField } from './logged-address.js';

/**
 * What happens to accounts and uploads that an operator wants to trace and count. A module reports one
 * by naming it in an entry of its failures (`securityEvent`); whoever adds a kind adds it here and to
 * docs/observability.md.
 */
export const SECURITY_EVENTS = [
  'login_failed',
  'code_refused',
  'locked_out',
  'password_wrong',
  'upload_refused',
] as const;

export type SecurityEvent = (typeof SECURITY_EVENTS)[number];

/** Where an event came from and which account it was about. */
export interface SecurityReport {
  readonly requestId: string;
  /** The client's network address, as far as `TRUST_PROXY` believes it. */
  readonly address: string;
  /** The account as the caller named it, trimmed, or `id:<user id>` of a session; undefined where there is none. */
  readonly account?: string;
}

/** Hexadecimal digits of an account's hash: 128 bits. */
const HASH_LENGTH = 32;

/** Writes and counts security events. An account is written as a keyed hash, never by its name. */
@Injectable()
export class SecurityLog {
  private readonly logger = new Logger(SecurityLog.name);
  private readonly key: string | Buffer;

  /** Events since the start, by kind; for metrics, to be read at any time. */
  readonly counts: Record<SecurityEvent, number> = {
    login_failed: 0,
    code_refused: 0,
    locked_out: 0,
    password_wrong: 0,
    upload_refused: 0,
  };

  constructor(private readonly settings: LogSettings) {
    this.key = settings.accountKey ?? randomBytes(32);
  }

  report(event: SecurityEvent, { requestId, address, account }: SecurityReport): void {
    this.counts[event] += 1;
    this.logger.warn({
      msg: 'security event',
      event,
      request_id: requestId,
      ...addressField(address, this.settings.clientAddress),
      account: account === undefined ? null : this.hashOf(account),
    });
  }

  /** HMAC-SHA-256 of the name with ASCII letters in lower case, as names are compared. */
  private hashOf(account: string): string {
    const name = account.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
    return createHmac('sha256', this.key).update(name).digest('hex').slice(0, HASH_LENGTH);
  }
}
