import { Injectable } from '@nestjs/common';
import type { AttemptSubject } from '../attempt/attempt.service.js';
import { AccountRepository, type Credentials } from './account.repository.js';
import { PasswordService } from './password/password.service.js';

/** How often a proof is repeated because the stored hash was replaced meanwhile. */
const ROUNDS = 3;

/** What is to be proven, and what follows from it. */
interface Proof<Result> {
  readonly find: () => Promise<Credentials | undefined>;
  /** Whose try it is. */
  readonly subject: (account: Credentials | undefined) => AttemptSubject;
  readonly password: string;
  /** Runs in a transaction that holds the account as it was proven. */
  readonly then: (account: Credentials) => Promise<Result>;
}

/**
 * Does something on the strength of a password. Hashing takes its time, without a transaction open;
 * the account is locked after it, and only while its password is still the proven one. So no
 * session of an old password can be opened beside its change.
 */
@Injectable()
export class ProofService {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly passwords: PasswordService,
  ) {}

  /**
   * @returns undefined, and nothing done, where the account is unknown or the password wrong
   * @throws ProtocolException too many requests; what `then` throws
   */
  async prove<Result>(
    proof: Proof<Result>,
  ): Promise<{ account: Credentials; result: Result } | undefined> {
    for (let round = 0; round < ROUNDS; round += 1) {
      const account = await proof.find();
      const subject = proof.subject(account);
      if (!(await this.passwords.check(subject, proof.password, account)) || !account) {
        return undefined;
      }
      const proven = await this.whileUnchanged(account, proof.then);
      if (proven) return { account, ...proven };
    }
    return undefined;
  }

  /** @returns undefined, and nothing done, where the password is no longer the account's */
  async whileUnchanged<Result>(
    account: Credentials,
    work: (account: Credentials) => Promise<Result>,
  ): Promise<{ result: Result } | undefined> {
    return this.accounts.transaction(async () => {
      const locked = await this.accounts.lock(account);
      return locked && { result: await work(locked) };
    });
  }
}
