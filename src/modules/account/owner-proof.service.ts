import { Injectable } from '@nestjs/common';
import { SessionSettings } from '../../config/session.settings.js';
import type { MessageKey } from '../../envelope/message-catalogue.js';
import { type Failure, ProtocolException } from '../../envelope/protocol.exception.js';
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

/** Work of a session that may need a proof that its user is the account's owner. */
export interface OwnersWork<Prepared> extends Consequence<Prepared, void> {
  /** Whether the work needs a proof, given the account as it is now. Always by default. */
  readonly needsProof?: (account: Credentials) => boolean;
  /**
   * The failure for an account with a password that is not given, in a session of no recent sign-in. Without
   * it only the password is a proof.
   */
  readonly orSignIn?: Failure;
}

/** What proves the owner: nothing where no proof is needed. */
type ProofWay = 'none' | 'password' | 'sign-in';

/**
 * Does work of a logged-in user that needs more than a token, which may be stolen: the account's password, or
 * where the client has no field for it, or the account none, a recent sign-in.
 */
@Injectable()
export class OwnerProof {
  constructor(
    private readonly credentials: CredentialsRepository,
    private readonly proofs: ProofService,
    private readonly sessions: SessionService,
    private readonly subjects: LoginSubjects,
    private readonly settings: SessionSettings,
  ) {}

  /**
   * Does the work in one transaction, if it is proven as far as it needs.
   *
   * @param address the client's
   * @throws ProtocolException the password missing or wrong; no recent sign-in; not logged in, where account
   *   or session ended meanwhile; what the work throws
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
    const way = wayOf(account, given, work);
    if (way === 'password' && value === '') throw missing(given);
    if (way === 'sign-in' && !(await this.sessions.isSignedInRecently(identity))) {
      throw this.signInAgain(account, given, work);
    }
    const inSession = this.whileInSession(identity, given, way, work);
    const done =
      way === 'password'
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
    if (way !== 'password') return this.follow(identity, given, address, work);
    throw new ProtocolException(accountFailures.wrongPassword, { label, field });
  }

  /** The same work, refused if the session has ended or the account needs a proof only now. */
  private whileInSession<Prepared>(
    identity: Identity,
    given: GivenPassword,
    way: ProofWay,
    work: OwnersWork<Prepared>,
  ): Consequence<Prepared, void> {
    return {
      prepare: work.prepare,
      then: async (account, prepared) => {
        if (!(await this.sessions.hold(identity))) {
          throw new ProtocolException(protocolFailures.notLoggedIn);
        }
        if (way === 'none' && wayOf(account, given, work) !== 'none') {
          throw this.signInAgain(account, given, work);
        }
        await work.then(account, prepared);
      },
    };
  }

  private signInAgain<Prepared>(
    account: Credentials,
    { label, field }: GivenPassword,
    { orSignIn }: OwnersWork<Prepared>,
  ): ProtocolException {
    const { signInAgain } = accountFailures;
    const failure = account.pwd === '' ? signInAgain : (orSignIn ?? signInAgain);
    return new ProtocolException(failure, { label, field, minutes: this.settings.recentMinutes });
  }
}

const wayOf = <Prepared>(
  account: Credentials,
  { value = '' }: GivenPassword,
  { needsProof = () => true, orSignIn }: OwnersWork<Prepared>,
): ProofWay => {
  if (!needsProof(account)) return 'none';
  return account.pwd !== '' && (value !== '' || !orSignIn) ? 'password' : 'sign-in';
};

const missing = ({ label, field }: GivenPassword): ProtocolException =>
  new ProtocolException(protocolFailures.missing, { label, field });
