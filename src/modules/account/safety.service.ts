import { Injectable } from '@nestjs/common';
import type { Origin } from '../../protocol/origin.js';
import { ProtocolException } from '../../protocol/protocol.exception.js';
import { protocolFailures } from '../../protocol/protocol.failures.js';
import type { MessageKey } from '../../protocol/messages.js';
import type { Identity } from '../../protocol/token-resolver.js';
import { AuditService } from '../audit/audit.service.js';
import { SessionService } from '../session/session.service.js';
import { accountFailures } from './account.failures.js';
import { accountMessages } from './account.messages.js';
import { AccountRepository } from './account.repository.js';
import type { ChangePasswordDto } from './dto/change-password.dto.js';
import type { CloseAccountDto } from './dto/close-account.dto.js';
import { PasswordService } from './password/password.service.js';
import { type Consequence, ProofService } from './proof.service.js';

/** The parameter that holds the password until now. */
interface GivenPassword {
  readonly field: string;
  readonly label: MessageKey;
  readonly value?: string;
}

/** What the owner of an account does with it, on the strength of its password. */
@Injectable()
export class SafetyService {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly passwords: PasswordService,
    private readonly proofs: ProofService,
    private readonly sessions: SessionService,
    private readonly audit: AuditService,
  ) {}

  /**
   * Changes the password, or sets one where there is none, and ends the account's other sessions.
   *
   * @throws ProtocolException a new password of a wrong length or differently confirmed; the
   *   password until now missing or wrong; not logged in, where account or session ended meanwhile
   */
  async changePassword(identity: Identity, dto: ChangePasswordDto, origin: Origin): Promise<''> {
    if (!this.passwords.isAcceptable(dto.new_pwd)) {
      throw new ProtocolException(accountFailures.newPasswordFormat, {
        label: accountMessages('field.new_pwd'),
        field: 'new_pwd',
        ...this.passwords.limits,
      });
    }
    if (dto.new_pwd !== dto.confirm_new_pwd) {
      throw new ProtocolException(accountFailures.passwordUnconfirmed);
    }
    await this.onProof(identity, given('my_pwd', dto.my_pwd), origin.address, {
      prepare: () => this.passwords.hash(dto.new_pwd, origin.address),
      then: async ({ id }, hash) => {
        await this.accounts.setPassword(id, hash, 'password.changed', origin);
        await this.sessions.revokeOthers(identity, 'session.revoked_by_password', origin);
      },
    });
    return '';
  }

  /**
   * Ends the account for ever, with all of its sessions and the trail of its profile.
   *
   * @throws ProtocolException the password missing or wrong; not logged in, where account or
   *   session ended meanwhile
   */
  async close(identity: Identity, dto: CloseAccountDto, origin: Origin): Promise<''> {
    await this.onProof(identity, given('pwd', dto.pwd), origin.address, {
      prepare: () => Promise.resolve(),
      then: async ({ id }) => {
        // They would end with the account, but unrecorded.
        await this.sessions.revokeAll(id, 'session.revoked_by_closing', origin);
        await this.accounts.close(id, origin);
        await this.audit.forgetProfile(id);
      },
    });
    return '';
  }

  /** Does the work in one transaction, if the password is right or the account has none. */
  private async onProof<Prepared>(
    identity: Identity,
    { field, label, value = '' }: GivenPassword,
    address: string,
    work: Consequence<Prepared, void>,
  ): Promise<void> {
    const { userId } = identity;
    const account = await this.accounts.findById(userId);
    if (!account) throw new ProtocolException(protocolFailures.notLoggedIn);
    if (account.pwd !== '' && value === '') {
      throw new ProtocolException(protocolFailures.missing, { label, field });
    }
    const inSession = this.whileInSession(identity, work);
    const proven =
      account.pwd === ''
        ? await this.proofs.follow(account, inSession)
        : await this.proofs.prove({
            ...inSession,
            find: () => this.accounts.findById(userId),
            // Counted apart from logins, which strangers may have exhausted: they must not keep the
            // owner from changing the password.
            subject: () => Promise.resolve({ name: `session:${userId}` }),
            password: value,
            address,
          });
    if (!proven) throw new ProtocolException(accountFailures.wrongPassword, { label, field });
  }

  /** The same work, refused where the session has been ended since the request came. */
  private whileInSession<Prepared>(
    identity: Identity,
    { prepare, then }: Consequence<Prepared, void>,
  ): Consequence<Prepared, void> {
    return {
      prepare,
      then: async (account, prepared) => {
        if (!(await this.sessions.hold(identity))) {
          throw new ProtocolException(protocolFailures.notLoggedIn);
        }
        await then(account, prepared);
      },
    };
  }
}

const given = (field: 'my_pwd' | 'pwd', value?: string): GivenPassword => ({
  field,
  label: accountMessages(`field.${field}`),
  ...(value !== undefined && { value }),
});
