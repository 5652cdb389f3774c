import { Injectable } from '@nestjs/common';
import {
  AttemptService,
  type AttemptSubject,
  type SharedLimit,
} from '../../protocol/limits/attempt.service.js';
import { addressGroup } from '../../http/client-address.js';
import { ProtocolException } from '../../envelope/protocol.exception.js';
import { CodeCaptcha } from './code-captcha.service.js';
import { clientName, type CodeClient, hasAsked, isWhereAsked } from './code-client.js';
import { matches } from './salted-hash.js';
import {
  type CodeKey,
  type StoredCode,
  VerificationCodeRepository,
} from './verification-code.repository.js';
import { verificationFailures } from './verification.messages.js';

/** Tries that a code has for who asked for it. */
export const OWN_TRIES = 5;

/** Wrong codes for a contact in a day, whatever for, from those who asked for the code. */
export const OWN_TRIES_A_DAY = 5;

/** The same from all who did not ask for it. */
export const SHARED_TRIES_A_DAY = 10;

/** Tries of a code that stay when those of its contact's day are used up. */
const LAST_TRIES = 1;

const DAY_SECONDS = 24 * 60 * 60;

/**
 * Bounds how often codes are guessed.
 *
 * Failures are counted for the address and for who tries: the session or uuid that asked for the
 * code, else the session, else the address group. So one stranger's tries are not another's.
 *
 * The session or uuid that asked for the code has {@link OWN_TRIES} tries of it, and
 * {@link OWN_TRIES_A_DAY} wrong ones for the contact in a day, over all its codes. All others together
 * have {@link SHARED_TRIES_A_DAY}. When either is used up, a code still has one try, for the session or
 * uuid that asked and for the address group that it asked from. So strangers lock nobody out who asks
 * for a code and enters it in the same place, and a contact hears in a day at most both numbers and one
 * try for each code that it is sent.
 */
@Injectable()
export class CodeTries {
  constructor(
    private readonly attempts: AttemptService,
    private readonly codes: VerificationCodeRepository,
    private readonly captcha: CodeCaptcha,
  ) {}

  /**
   * Makes one try, which counts before the code is compared: tries at the same time are no more.
   *
   * @throws ProtocolException too many requests; no code, where its own tries are used up
   * @throws Error inside a transaction
   */
  async isRight(
    key: CodeKey,
    stored: StoredCode,
    code: string,
    client: CodeClient,
  ): Promise<boolean> {
    const isOwn = hasAsked(client, stored);
    let isLast = false;
    const take = async (limit: number): Promise<true> => {
      if (await this.codes.takeTry(key, stored, limit)) return true;
      throw new ProtocolException(verificationFailures.codeMissing);
    };
    const takeLast = async (): Promise<boolean> => (isLast = await take(LAST_TRIES));
    const everywhere = isOwn
      ? dayOf('own', key, OWN_TRIES_A_DAY, takeLast)
      : dayOf('shared', key, SHARED_TRIES_A_DAY, isWhereAsked(client, stored) && takeLast);
    const isRight = await this.attempts.try(
      { ...this.subjectOf(key, client, isOwn), everywhere },
      async () => {
        if (isOwn && !isLast) await take(OWN_TRIES);
        return matches(stored, code);
      },
    );
    if (!isRight) await this.captcha.addFailure();
    return isRight;
  }

  /** Forgets the wrong codes that a contact has heard today. */
  async forget(contact: Pick<CodeKey, 'channel' | 'account'>): Promise<void> {
    for (const whose of ['own', 'shared'] as const) {
      await this.attempts.forgetShared({ name: nameOfDay(whose, contact) });
    }
  }

  private subjectOf(
    { purpose, channel, account }: CodeKey,
    client: CodeClient,
    isOwn: boolean,
  ): AttemptSubject {
    const { address, identity } = client;
    const who = isOwn || identity ? clientName(client) : addressGroup(address);
    return { name: `code:${purpose}:${channel}:${account}:${who}`, address };
  }
}

const nameOfDay = (
  whose: 'own' | 'shared',
  { channel, account }: Pick<CodeKey, 'channel' | 'account'>,
): string => `code:${whose}:${channel}:${account}`;

/** The wrong codes that a contact hears in a day, whatever for. */
const dayOf = (
  whose: 'own' | 'shared',
  { channel, account }: CodeKey,
  failures: number,
  orElse: (() => Promise<boolean>) | false,
): SharedLimit => ({
  name: nameOfDay(whose, { channel, account }),
  failures,
  seconds: DAY_SECONDS,
  ...(orElse && { orElse }),
});
