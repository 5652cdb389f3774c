import { Injectable } from '@nestjs/common';
import { Transactions } from '../../database/transactions.js';
import type { AttemptSubject } from '../../protocol/limits/attempt.service.js';
import { CredentialsRepository, type Credentials } from './credentials.repository.js';
import { PasswordService } from './password/password.service.js';

/** How often a proof is repeated because the stored hash was replaced meanwhile. */
const ROUNDS = 3;

/** Work that a proven password allows. */
export interface Consequence<Prepared, Result> {
  /** The slow part, such as hashing; runs before the transaction. */
  readonly prepare: () => Promise<Prepared>;
  /** Runs in a transaction that has the account locked, its password still the proven one. */
  readonly then: (account: Credentials, prepared: Prepared) => Promise<Result>;
}

/** A password to prove, and the work that it allows. */
interface Proof<Prepared, Result> extends Consequence<Prepared, Result> {
  readonly find: () => Promise<Credentials | undefined>;
  /** The subject that a wrong password is counted for. */
  readonly subject: (account: Credentials | undefined) => Promise<AttemptSubject>;
  readonly password: string;
  /** The client's address. */
  readonly address: string;
}

/**
 * Proves a password and does what it allows. Hashing is slow, so it runs before the transaction; then the
 * account is locked, if its password is still the proven one. So no session can be opened with an old
 * password while it is being changed.
 */
@Injectable()
export class ProofService {
  constructor(
    private readonly database: Transactions,
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
    return this.database.transaction(async () => {
      const locked = await this.credentials.lock(account);
      return locked && { result: await then(locked, prepared) };
    });
  }
}
