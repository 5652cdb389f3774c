import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Rate, UseLimiter } from '../../protocol/limits/use-limiter.js';
import type { Language } from '../../envelope/message-catalogue.js';
import { ProtocolException } from '../../envelope/protocol.exception.js';
import { VerificationSettings } from '../../config/verification.settings.js';
import { addressGroup } from '../../http/client-address.js';
import { normaliseAccount } from './account-format.js';
import type { Channel } from './channels.js';
import { type CodeClient, hashesOf } from './code-client.js';
import { CodeTries } from './code-tries.service.js';
import { type SaltedHash, saltAndHash, unmatchableHash } from './salted-hash.js';
import { CodeDelivery } from './sending/code-delivery.js';
import type { CodeMessage } from './sending/code-sender.js';
import {
  type CodeKey,
  type CodesOwner,
  type Purpose,
  VerificationCodeRepository,
} from './verification-code.repository.js';
import { verificationFailures } from './verification.messages.js';

const LIFETIME_MINUTES = 10;

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Codes for a contact in a day; docs/threats.md computes from it how likely a guess is. */
export const CODES_A_DAY = 15;

/**
 * For a mobile number or an email address, whatever the codes are for: else who asks for each
 * purpose in turn fills someone's inbox, and a bill for SMS, so many times faster.
 */
const CONTACT_RATES: readonly Rate[] = [
  { uses: 1, seconds: MINUTE },
  { uses: 10, seconds: HOUR },
  { uses: CODES_A_DAY, seconds: DAY },
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
  /** Who asks. */
  readonly client: CodeClient;
  /** False where no one may get a code: everything happens as ever, but nothing is sent. */
  readonly deliver: boolean;
  /**
   * Whether what became of the message is waited for and told, for who knows of the account anyway. A
   * binding's always is.
   */
  readonly awaited?: boolean;
}

/** A code that someone enters. */
export interface CodeClaim {
  readonly purpose: Purpose;
  readonly channel: Channel;
  readonly account: string;
  readonly code: string;
  /** Who tries it. */
  readonly client: CodeClient;
}

/** A code that was entered rightly, and can still be used once. */
export interface RightCode extends SaltedHash {
  readonly key: CodeKey;
}

/** Verification codes (验证码): who can name one reads the account's messages. */
@Injectable()
export class VerificationService {
  constructor(
    private readonly codes: VerificationCodeRepository,
    private readonly rates: UseLimiter,
    private readonly tries: CodeTries,
    private readonly delivery: CodeDelivery,
    private readonly settings: VerificationSettings,
  ) {}

  /** The channels on which codes can be sent; another one's ShopXO type is closed. */
  openChannels(): Channel[] {
    return this.delivery.channels;
  }

  /**
   * Makes a code, which replaces the account's last one for the purpose, and sends it. Valid for
   * ten minutes; for a binding only the account that asks for it can use it.
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
    const key = keyOf(request, request.client);
    const code = randomCode(this.settings.codeLength);
    const stored = await this.store(key, deliver ? saltAndHash(code) : unmatchableHash(), request);
    const message: CodeMessage = {
      purpose,
      account: key.account,
      code,
      minutes: LIFETIME_MINUTES,
      language,
    };
    const awaited = deliver && (purpose === 'bind' || request.awaited === true);
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
   * Checks a code that was entered. The try counts before the code is looked at, see `CodeTries`.
   *
   * @returns the right code, for `use`
   * @throws ProtocolException -10: no code, or expired, used, or no tries left; -11: wrong; -429: too
   *   many wrong ones
   * @throws Error inside a transaction
   */
  async check({ code, client, ...claim }: CodeClaim): Promise<RightCode> {
    const key = keyOf(claim, client);
    const stored = await this.codes.find(key);
    if (!stored) throw new ProtocolException(verificationFailures.codeMissing);
    if (!(await this.tries.isRight(key, stored, code, client))) {
      throw new ProtocolException(verificationFailures.codeWrong);
    }
    return { key, salt: stored.salt, hash: stored.hash };
  }

  /**
   * Uses a right code up. In the transaction that does what the code allows, after the account is
   * locked, it keeps a code from working beside a change that ends the account's codes.
   *
   * @throws ProtocolException -10: used, replaced, ended or expired meanwhile
   */
  async use({ key, ...code }: RightCode): Promise<void> {
    if (!(await this.codes.delete(key, code))) {
      throw new ProtocolException(verificationFailures.codeMissing);
    }
  }

  /** Ends every code of an account, in the transaction that has it locked. */
  async endAll(owner: CodesOwner): Promise<void> {
    await this.codes.deleteOf(owner);
  }

  /** Forgets how many codes a contact was sent, and how many wrong ones were heard for it. */
  async forgetLimits(contact: Pick<CodeKey, 'channel' | 'account'>): Promise<void> {
    const { channel, account } = contact;
    for (const { seconds } of CONTACT_RATES) {
      await this.rates.forget(`code:${seconds}:${channel}:${account}`);
    }
    await this.tries.forget(contact);
  }

  /** Stores the code if the rates allow one, and counts it; all of it or nothing. */
  private async store(
    key: CodeKey,
    stored: SaltedHash,
    { client }: CodeRequest,
  ): Promise<SaltedHash> {
    const { perMinute, perHour } = this.settings;
    const addressRates = [
      { uses: perMinute, seconds: MINUTE },
      { uses: perHour, seconds: HOUR },
    ];
    await this.codes.transaction(async () => {
      // Always the address before the account, so that no two requests wait for each other.
      await this.count(`address:${addressGroup(client.address)}`, addressRates);
      await this.count(`${key.channel}:${key.account}`, CONTACT_RATES);
      const code = { ...stored, ...hashesOf(client, stored.salt) };
      await this.codes.replace(key, code, LIFETIME_MINUTES * MINUTE);
    });
    return stored;
  }

  private async count(whose: string, rates: readonly Rate[]): Promise<void> {
    for (const rate of rates) await this.rates.count(`code:${rate.seconds}:${whose}`, rate);
  }
}

const keyOf = (
  { purpose, channel, account }: Omit<CodeKey, 'userId'>,
  { identity }: CodeClient,
): CodeKey => ({
  purpose,
  channel,
  account: normaliseAccount(account),
  userId: identity?.userId,
});

const randomCode = (digits: number): string =>
  String(randomInt(10 ** digits)).padStart(digits, '0');
