import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { ExpiringMap } from '../../cache/expiring-map.js';
import { SessionRepository } from './session.repository.js';

/** Milliseconds for which tokens are collected before the database is asked for all of them. */
const COLLECT_MS = 100;

/** Milliseconds for which a token is remembered that has no session, and how many are. */
const UNKNOWN_MS = 30_000;
const UNKNOWN_CAPACITY = 20_000;

interface Batch {
  /** Hashes of tokens, by their text. */
  readonly hashes: Map<string, Buffer>;
  /** The texts of those that have a session. */
  readonly issued: Promise<ReadonlySet<string>>;
}

const textOf = (tokenHash: Buffer): string => tokenHash.toString('base64');

/**
 * Tells whether tokens have a session at the cost of one statement for all that come within a tenth of a
 * second, and of none for one that had no session a moment ago. A token that nobody has been given yet
 * cannot be guessed, so it may be remembered.
 */
@Injectable()
export class IssuedTokens {
  private readonly unknown = new ExpiringMap<true>(UNKNOWN_CAPACITY);
  private next?: Batch;

  constructor(private readonly sessions: SessionRepository) {}

  async has(tokenHash: Buffer): Promise<boolean> {
    const text = textOf(tokenHash);
    if (this.unknown.get(text)) return false;
    const batch = (this.next ??= this.collect());
    batch.hashes.set(text, tokenHash);
    if ((await batch.issued).has(text)) return true;
    this.unknown.set(text, true, UNKNOWN_MS);
    return false;
  }

  private collect(): Batch {
    const hashes = new Map<string, Buffer>();
    const issued = sleep(COLLECT_MS).then(async () => {
      this.next = undefined;
      return new Set((await this.sessions.findIssued([...hashes.values()])).map(textOf));
    });
    return { hashes, issued };
  }
}
