import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Language } from '../../protocol/languages.js';
import { ProtocolException } from '../../protocol/protocol.exception.js';
import { normaliseAccount } from './account-format.js';
import { addressGroup } from '../../protocol/client-address.js';
import type { Rate } from '../rate-limit/rate-limit.repository.js';
import type { Channel } from './channels.js';
import { RateLimiter } from '../rate-limit/rate-limiter.service.js';
import { matches, type SaltedHash, saltAndHash, unmatchableHash } from './salted-hash.js';
import { CodeDelivery } from './sending/code-delivery.js';
import type { CodeMessage } from './sending/code-sender.js';
import {
  type CodeKey,
  type Purpose,
  VerificationCodeRepository,
} from './verification-code.repository.js';
import { verificationFailures } from './verification.failures.js';

const DIGITS = 6;
const LIFETIME_MINUTES = 10;
const TRIES = 5;

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** For a client address, whatever it asks for. */
const ADDRESS_RATES: readonly Rate[] = [
  { uses: 1, seconds: MINUTE },
  { uses: 30, seconds: HOUR },
];

/**
 * For a mobile number or an email address, whatever the codes are for: else who asks for each
 * purpose in turn fills someone's inbox, and a bill for SMS, so many times faster.
 */
const CONTACT_RATES: readonly Rate[] = [
  { uses: 1, seconds: MINUTE },
  { uses: 10, seconds: HOUR },
  { uses: 30, seconds: DAY },
];

const CHANNEL_CLOSED = {
  sms: verificationFailures.smsClosed,
  email: verificationFailures.emailClosed,
} as const;

/** What a code is for. */
export type CodePurpose = Purpose;

/** A code that is asked for. */
export interface CodeRequest {
  readonly purpose: Purpose;
  readonly channel: Channel;
  /** A mobile number or an email address; its form is checked by the caller. */
  readonly account: string;
  /** The language of the message. */
  readonly language: Language;
  /** The client's network address, see `@ClientAddress()`. */
  readonly address: string;
  /** False where no one may get a code: everything happens as ever, but nothing is sent. */
  readonly deliver: boolean;
}

/** A code that someone enters. */
export interface CodeClaim {
  readonly purpose: Purpose;
  readonly channel: Channel;
  readonly account: string;
  readonly code: string;
}

/** Verification codes (验证码): who can name one reads the account's messages. */
@Injectable()
export class VerificationService {
  constructor(
    private readonly codes: VerificationCodeRepository,
    private readonly rates: RateLimiter,
    private readonly delivery: CodeDelivery,
  ) {}

  /** The channels on which codes can be sent; another one's ShopXO type is closed. */
  openChannels(): Channel[] {
    return this.delivery.channels;
  }

  /**
   * Makes a code, which replaces the account's last one for the purpose, and sends it. Six digits,
   * valid for ten minutes and five tries.
   *
   * Neither answer nor time may tell whether the account exists, nor may what goes wrong with its
   * own messages (a full mailbox, an operator's limit for the number, which anyone can exhaust).
   * So for login, registration and a forgotten password, what is awaited is the same for every
   * account: the same statements, and a check that the channel's service can be used, which is what
   * -100 tells of. The message itself is sent after the answer. Where it is refused then, the log has
   * the reason, and the code stays, which no one has read: without it the next guess would be
   * answered otherwise than for an unknown account. Binding has no such secret, for a taken account is
   * answered with -3: there the message is awaited, and whatever refuses it answers -100.
   *
   * An unknown account gets a stored code that no guess matches.
   *
   * @throws ProtocolException closed channel -1; not sent -100, no code is left; too many requests
   *   -429, the last code is left as it was
   * @throws Error inside a transaction
   */
  async send(request: CodeRequest): Promise<void> {
    const { purpose, channel, language, deliver } = request;
    if (!this.openChannels().includes(channel)) {
      throw new ProtocolException(CHANNEL_CLOSED[channel]);
    }
    const key = keyOf(request);
    const code = randomCode();
    const stored = await this.store(key, deliver ? saltAndHash(code) : unmatchableHash(), request);
    const message: CodeMessage = {
      purpose,
      account: key.account,
      code,
      minutes: LIFETIME_MINUTES,
      language,
    };
    const awaited = deliver && purpose === 'bind';
    const fine = awaited
      ? await this.delivery.send(channel, message)
      : await this.delivery.check(channel);
    if (!fine) {
      await this.codes.delete(key, stored);
      throw new ProtocolException(verificationFailures.notSent);
    }
    if (deliver && !awaited) {
      this.delivery.later(async () => {
        await this.delivery.send(channel, message);
      });
    }
  }

  /**
   * Accepts a right code, once. A try counts before it is looked at, so guesses at the same time
   * are at most five too; and of two right ones at the same time, the one that deletes the row wins.
   *
   * @throws ProtocolException -10: no code, or expired, used, or five times wrong; -11: wrong
   * @throws Error inside a transaction
   */
  async verify(claim: CodeClaim): Promise<void> {
    const key = keyOf(claim);
    const stored = await this.codes.takeTry(key, TRIES);
    if (!stored) throw new ProtocolException(verificationFailures.codeMissing);
    if (!matches(stored, claim.code)) throw new ProtocolException(verificationFailures.codeWrong);
    if (!(await this.codes.delete(key, stored))) {
      throw new ProtocolException(verificationFailures.codeMissing);
    }
  }

  /** Stores the code if the rates allow one, and counts it; all of it or nothing. */
  private async store(
    key: CodeKey,
    stored: SaltedHash,
    { address }: CodeRequest,
  ): Promise<SaltedHash> {
    await this.codes.transaction(async () => {
      // Always the address before the account, so that no two requests wait for each other.
      await this.count(`address:${addressGroup(address)}`, ADDRESS_RATES);
      await this.count(`${key.channel}:${key.account}`, CONTACT_RATES);
      await this.codes.replace(key, stored, LIFETIME_MINUTES * MINUTE);
    });
    return stored;
  }

  private async count(whose: string, rates: readonly Rate[]): Promise<void> {
    for (const rate of rates) await this.rates.count(`code:${rate.seconds}:${whose}`, rate);
  }
}

const keyOf = ({ purpose, channel, account }: CodeKey): CodeKey => ({
  purpose,
  channel,
  account: normaliseAccount(account),
});

const randomCode = (): string => String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');
