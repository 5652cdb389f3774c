import { Injectable } from '@nestjs/common';
import { AttemptSettings } from '../../config/attempt.settings.js';
import type { AttemptSubject } from '../../protocol/limits/attempt.service.js';
import type { Identity } from '../../protocol/auth/token-resolver.js';
import { normaliseAccount } from '../verification/account-format.js';
import type { Credentials } from './credentials.repository.js';
import { knownAddressHash, KnownAddressRepository } from './known-address.repository.js';

/** So many sessions' tries are heard of an account's sessions together, where its owner is not known. */
const SESSIONS = 4;

/**
 * Whose tries a login by password is, see `AttemptService`.
 *
 * At an address from which the account was proven before, tries are counted by themselves, so that
 * strangers who exhaust an account do not lock its owner out; the owner's wrong tries are as many as
 * a stranger's. They start anew with a new password, for who has reset it is not held to what was
 * typed before. What that gives away is that the name is of someone who logs in from the asker's own
 * address, and only to who exhausts it from elsewhere.
 */
@Injectable()
export class LoginSubjects {
  constructor(
    private readonly addresses: KnownAddressRepository,
    private readonly settings: AttemptSettings,
  ) {}

  /**
   * @param name as it was typed
   * @param account the one that has the name, if any; none costs the same
   */
  async of(
    name: string,
    account: Credentials | undefined,
    address: string,
  ): Promise<AttemptSubject> {
    const known = await this.addresses.isKnown(account?.id, address);
    const subject = this.anywhere(name, account?.id);
    if (!known || !account) return { ...subject, address };
    return { ...atKnown(knownAddressHash(account.id, address), account, subject), address };
  }

  /** Every subject whose wrong passwords keep the account's owner from logging in, or from proving it. */
  async allOf(account: Credentials, sessionIds: readonly string[]): Promise<AttemptSubject[]> {
    const { id, username, mobile, email } = account;
    const names = [username, mobile, email].filter((name) => name !== '');
    const strangers = names.map((name) => this.anywhere(name, id));
    const addresses = await this.addresses.hashesOf(id);
    return [
      ...strangers,
      ...addresses.flatMap((hash) => strangers.map((one) => atKnown(hash, account, one))),
      ...sessionIds.map((sessionId) => ({ name: ofSession(sessionId) })),
    ];
  }

  /** The name of the limit that an account's sessions share at addresses that are not known. */
  sharedBySessions(userId: string): string {
    return `sessions:${userId}`;
  }

  /**
   * Whose tries the current password is, given by a session: the session's, so that whoever has stolen
   * a token does not keep the owner from changing the password in another one. Those of sessions at
   * addresses that are not known have a bound together, which does not hold the owner at a known one.
   */
  async ofSession({ userId, sessionId }: Identity, address: string): Promise<AttemptSubject> {
    const name = ofSession(sessionId);
    if (await this.addresses.isKnown(userId, address)) return { name };
    const { accountLimit, windowMinutes } = this.settings;
    const failures = accountLimit * SESSIONS;
    return {
      name,
      everywhere: {
        name: this.sharedBySessions(userId),
        failures,
        seconds: windowMinutes * 60,
      },
    };
  }

  /** Those of strangers, at every address that is not known. */
  anywhere(name: string, accountId: string | undefined): AttemptSubject & { account: string } {
    const typed = `login:${normaliseAccount(name)}`;
    return { name: typed, account: accountId === undefined ? typed : `id:${accountId}` };
  }
}

/** Counted apart for each address and each password, see {@link LoginSubjects}. */
function atKnown(
  addressHash: Buffer,
  { pwd }: Credentials,
  { name, account }: { readonly name: string; readonly account: string },
): AttemptSubject {
  const place = `known:${addressHash.toString('hex')}:${pwd}`;
  return { name: `${place}:${name}`, account: `${place}:${account}` };
}

const ofSession = (sessionId: string): string => `session:${sessionId}`;
