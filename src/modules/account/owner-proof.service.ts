import { Injectable } from '@nestjs/common';
import type { MessageKey } from '../../envelope/message-catalogue.js';
import { ProtocolException } from '../../envelope/protocol.exception.js';
import { protocolFailures } from '../../envelope/protocol.failures.js';
import type { Identity } from '../../protocol/auth/token-resolver.js';
import { SessionService } from '../session/session.service.js';
import { accountFailures, accountMessages } from './account.messages.js';
import { CredentialsRepository, type Credentials } from './credentials.repository.js';
import { LoginSubjects } from './login-subject.service.js';
import { type Consequence, ProofService } from './proof.service.js';

/** The parameter that holds the current password. */
export interface GivenPassword {
  readonly field: string;
  readonly label: MessageKey;
  readonly value?: string;
}

export const givenPassword = (field: 'my_pwd' | 'pwd', value?: string): GivenPassword => ({
  field,
  label: accountMessages(`field.${field}`),
  ...(value !== undefined && { value }),
});

/** Work of a session that may need the account's password. */
export interface OwnersWork<Prepared> extends Consequence<Prepared, void> {
  /** Whether the work needs the password, given the account as it is now. Always by default. */
  readonly needsPassword?: (account: Credentials) => boolean;
}

/** Does work of a logged-in user that needs the account's password as well. */
@Injectable()
export class OwnerProof {
  constructor(
    private readonly credentials: CredentialsRepository,
    private readonly proofs: ProofService,
    private readonly sessions: SessionService,
    private readonly subjects: LoginSubjects,
  ) {}

  /**
   * Does the work in one transaction, if the password is right or none is needed; an account without
   * one needs none.
   *
   * @param address the client's
   * @throws ProtocolException the password missing or wrong; not logged in, where account or session
   *   ended meanwhile; what the work throws
   */
  async follow<Prepared>(
    identity: Identity,
    given: GivenPassword,
    address: string,
    work: OwnersWork<Prepared>,
  ): Promise<void> {
    const { userId } = identity;
    const { field, label, value = '' } = given;
    const account = await this.credentials.findById(userId);
    if (!account) throw new ProtocolException(protocolFailures.notLoggedIn);
    const isProven = isNeeded(account, work);
    if (isProven && value === '') throw missing(given);
    const inSession = this.whileInSession(identity, given, isProven, work);
    const done = isProven
      ? await this.proofs.prove({
          ...inSession,
          find: () => this.credentials.findById(userId),
          // Counted apart from logins, which strangers may have exhausted: they must not keep the
          // owner from what is the owner's.
          subject: () => this.subjects.ofSession(identity, address),
          password: value,
          address,
        })
      : await this.proofs.follow(account, inSession);
    if (done) return;
    // The stored hash was replaced meanwhile, and the work had not needed the password.
    if (!isProven && account.pwd !== '') return this.follow(identity, given, address, work);
    throw new ProtocolException(accountFailures.wrongPassword, { label, field });
  }

  /** The same work, refused if the session has ended or the account got a password meanwhile. */
  private whileInSession<Prepared>(
    identity: Identity,
    given: GivenPassword,
    isProven: boolean,
    work: OwnersWork<Prepared>,
  ): Consequence<Prepared, void> {
    return {
      prepare: work.prepare,
      then: async (account, prepared) => {
        if (!(await this.sessions.hold(identity))) {
          throw new ProtocolException(protocolFailures.notLoggedIn);
        }
        if (!isProven && isNeeded(account, work)) throw missing(given);
        await work.then(account, prepared);
      },
    };
  }
}

const isNeeded = <Prepared>(
  account: Credentials,
  { needsPassword = () => true }: OwnersWork<Prepared>,
): boolean => account.pwd !== '' && needsPassword(account);

const missing = ({ label, field }: GivenPassword): ProtocolException =>
  new ProtocolException(protocolFailures.missing, { label, field });
