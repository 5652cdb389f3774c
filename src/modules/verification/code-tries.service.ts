import { Injectable } from '@nestjs/common';
import { AttemptService, type AttemptSubject } from '../../protocol/limits/attempt.service.js';
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

/** Wrong codes for a contact in a day, whatever for, from all who did not ask for the code. */
export const SHARED_TRIES = 20;

const DAY_SECONDS = 24 * 60 * 60;

/**
 * Bounds how often codes are guessed.
 *
 * Failures are counted for the address and for who tries: the session or uuid that asked for the
 * code, else the session, else the address group. So one stranger's tries are not another's.
 *
 * The session or uuid that asked for the code has {@link OWN_TRIES} tries of it. All others together
 * have {@link SHARED_TRIES} for the contact in a day. When these are used up, the address group that
 * asked can still use the code's own tries, so that strangers lock nobody out who asks for a code
 * and enters it in the same place.
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
    const takeOwn = () => this.codes.takeTry(key, stored, OWN_TRIES);
    const isRight = await this.attempts.try(
      {
        ...this.subjectOf(key, client, isOwn),
        ...(!isOwn && { everywhere: sharedBy(key, isWhereAsked(client, stored), takeOwn) }),
      },
      async () => {
        if (isOwn && !(await takeOwn())) {
          throw new ProtocolException(verificationFailures.codeMissing);
        }
        return matches(stored, code);
      },
    );
    if (!isRight) await this.captcha.addFailure();
    return isRight;
  }

  /** Forgets the wrong codes of a contact that all who did not ask for them share. */
  async forget(contact: Pick<CodeKey, 'channel' | 'account'>): Promise<void> {
    await this.attempts.forgetShared({ name: sharedName(contact) });
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

const sharedName = ({ channel, account }: Pick<CodeKey, 'channel' | 'account'>): string =>
  `code:${channel}:${account}`;

const sharedBy = (
  { channel, account }: CodeKey,
  whereAsked: boolean,
  takeOwn: () => Promise<boolean>,
): AttemptSubject['everywhere'] => ({
  name: sharedName({ channel, account }),
  failures: SHARED_TRIES,
  seconds: DAY_SECONDS,
  ...(whereAsked && { orElse: takeOwn }),
});
