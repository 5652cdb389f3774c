import { Injectable } from '@nestjs/common';
import type { AttemptSubject } from '../attempt/attempt.service.js';
import { CredentialsRepository, type Credentials } from './credentials.repository.js';
import { PasswordService } from './password/password.service.js';

/** How often a proof is repeated because the stored hash was replaced meanwhile. */
const ROUNDS = 3;

/** What is done on the strength of a password. */
export interface Consequence<Prepared, Result> {
  /** What takes its time, without a transaction open. */
  readonly prepare: () => Promise<Prepared>;
  /** Runs in a transaction that holds the account as it was proven. */
  readonly then: (account: Credentials, prepared: Prepared) => Promise<Result>;
}

/** What is to be proven, and what follows from it. */
interface Proof<Prepared, Result> extends Consequence<Prepared, Result> {
  readonly find: () => Promise<Credentials | undefined>;
  /** Whose try it is. */
  readonly subject: (account: Credentials | undefined) => Promise<AttemptSubject>;
  readonly password: string;
  /** The client's. */
  readonly address: string;
}

/**
 * Does something on the strength of a password. Hashing takes its time, without a transaction open;
 * the account is locked after it, and only while its password is still the proven one. So no
 * session of an old password can be opened beside its change.
 */
@Injectable()
export class ProofService {
  constructor(
    private readonly credentials: CredentialsRepository,
    private readonly passwords: PasswordService,
  ) {}

  /**
   * @returns undefined, and nothing done, where the account is unknown or the password wrong
   * @throws ProtocolException too many requests; what `prepare` and `then` throw
   */
  async prove<Prepared, Result>(
    proof: Proof<Prepared, Result>,
  ): Promise<{ account: Credentials; result: Result } | undefined> {
    const { find, subject, password, address } = proof;
    for (let round = 0; round < ROUNDS; round += 1) {
      const account = await this.passwords.prove(address, async () => {
        const found = await find();
        const whose = await subject(found);
        const right = await this.passwords.check(whose, password, found, address);
        return right ? found : undefined;
      });
      if (!account) return undefined;
      const done = await this.follow(account, proof);
      if (done) return { account, ...done };
    }
    return undefined;
  }

  /** @returns undefined, and nothing done, where the password is no longer the account's */
  async follow<Prepared, Result>(
    account: Credentials,
    { prepare, then }: Consequence<Prepared, Result>,
  ): Promise<{ result: Result } | undefined> {
    const prepared = await prepare();
    return this.credentials.transaction(async () => {
      const locked = await this.credentials.lock(account);
      return locked && { result: await then(locked, prepared) };
    });
  }
}
