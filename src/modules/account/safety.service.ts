import { Injectable } from '@nestjs/common';
import { DomainEvents } from '../../events/domain-events.js';
import type { Origin } from '../../protocol/request/origin.js';
import { ProtocolException } from '../../envelope/protocol.exception.js';
import type { Identity } from '../../protocol/auth/token-resolver.js';
import type { AuditAction } from '../audit/audit-action.js';
import { AuditService } from '../audit/audit.service.js';
import { PersonalService } from '../personal/personal.service.js';
import type { UserView } from '../personal/user.view.js';
import { SessionService } from '../session/session.service.js';
import { accountChange } from './account-change.js';
import { AccountClosedEvent, PasswordChangedEvent } from './account.events.js';
import { accountFailures } from './account.messages.js';
import { AccountRepository } from './account.repository.js';
import { CodeService } from './code.service.js';
import type { Credentials } from './credentials.repository.js';
import type { ChangePasswordDto, CloseAccountDto } from './dto/safety.dto.js';
import { givenPassword, OwnerProof } from './owner-proof.service.js';
import { NewPasswords } from './password/new-passwords.service.js';
import { PasswordService } from './password/password.service.js';

/** How a password is replaced: by who is logged in, by a code, or by an operator for one login. */
type PasswordAction = Extract<
  AuditAction,
  'password.changed' | 'password.reset' | 'password.once_set'
>;

/** Changes the password and closes the account. Both need more than a token, see {@link OwnerProof}. */
@Injectable()
export class SafetyService {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly passwords: PasswordService,
    private readonly newPasswords: NewPasswords,
    private readonly owners: OwnerProof,
    private readonly sessions: SessionService,
    private readonly codes: CodeService,
    private readonly audit: AuditService,
    private readonly personal: PersonalService,
    private readonly events: DomainEvents,
  ) {}

  /**
   * Changes the password, or sets one where there is none, and ends the account's other sessions
   * and its codes.
   *
   * @returns the user object, as ShopXO does: its client stores what it then knows of the password
   * @throws ProtocolException a new password that may not be set or is differently confirmed; the
   *   current password missing or wrong; no recent sign-in where there is none; not logged in, where account
   *   or session ended meanwhile
   */
  async changePassword(
    identity: Identity,
    dto: ChangePasswordDto,
    origin: Origin,
  ): Promise<UserView> {
    const password = { value: dto.new_pwd, field: 'new_pwd', at: 'change' } as const;
    await this.newPasswords.refuseWeak(password);
    if (dto.new_pwd !== dto.confirm_new_pwd) {
      throw new ProtocolException(accountFailures.passwordUnconfirmed);
    }
    await this.owners.follow(identity, givenPassword('my_pwd', dto.my_pwd), origin.address, {
      prepare: () => this.passwords.hash(dto.new_pwd, origin.address),
      then: async (account, hash) => {
        this.newPasswords.refuseNames(password, account);
        await this.replacePassword(account, hash, 'password.changed', origin, identity);
      },
    });
    return this.personal.show(identity, origin);
  }

  /**
   * Replaces an account's password, whoever asked for it, in the caller's transaction. Ends its codes and its
   * sessions, and tells of it.
   *
   * @param account locked
   * @param kept the session that goes on; without one every session ends
   */
  async replacePassword(
    account: Credentials,
    hash: string,
    action: PasswordAction,
    origin: Origin,
    kept?: Identity,
  ): Promise<void> {
    await this.accounts.setPassword(account.id, hash, action, origin);
    if (kept) await this.sessions.revokeOthers(kept, 'session.revoked_by_password', origin);
    else await this.sessions.revokeAll(account.id, 'session.revoked_by_password', origin);
    await this.codes.endAll(account);
    const way = action === 'password.changed' ? 'changed' : 'reset';
    await this.events.publish(new PasswordChangedEvent({ ...accountChange(account, origin), way }));
  }

  /**
   * Ends the account for ever, with all of its sessions and codes and the trail of its profile.
   *
   * @throws ProtocolException the password wrong; none, and no recent sign-in; not logged in, where account
   *   or session ended meanwhile
   */
  async close(identity: Identity, dto: CloseAccountDto, origin: Origin): Promise<void> {
    await this.owners.follow(identity, givenPassword('pwd', dto.pwd), origin.address, {
      orSignIn: accountFailures.closeAfterSignIn,
      prepare: () => Promise.resolve(),
      then: (account) => this.end(account, origin),
    });
  }

  /**
   * Ends an account for ever, whoever asked for it, in the caller's transaction.
   *
   * @param account locked
   */
  async end(account: Credentials, origin: Origin): Promise<void> {
    const { id } = account;
    // The account's end removes sessions too, but leaves no row in the audit trail.
    await this.sessions.revokeAll(id, 'session.revoked_by_closing', origin);
    await this.codes.endAll(account);
    await this.accounts.close(id, origin);
    await this.audit.forgetProfile(id);
    await this.events.publish(new AccountClosedEvent(accountChange(account, origin)));
  }
}
