import { Injectable } from '@nestjs/common';
import { Transactions } from '../../../database/transactions.js';
import { AttemptService } from '../../../protocol/limits/attempt.service.js';
import type { Origin } from '../../../protocol/request/origin.js';
import type { OperatorAction } from '../../audit/audit-action.js';
import { AuditService } from '../../audit/audit.service.js';
import { UserStatus } from '../../personal/entities/user.entity.js';
import { type ListedSession, SessionService } from '../../session/session.service.js';
import { VerificationService } from '../../verification/verification.service.js';
import type { Contact } from '../contact.js';
import { CredentialsRepository, type Credentials } from '../credentials.repository.js';
import { LoginSubjects } from '../login-subject.service.js';
import { SafetyService } from '../safety.service.js';
import { OperatorRepository } from './operator.repository.js';
import {
  maskedEmail,
  maskedMobile,
  type OperatorView,
  type Shown,
  toOperatorView,
} from './operator.view.js';

/** Accounts that a search shows. */
export const FOUND_MOST = 20;

/** What became of a command: it was done, there was nothing to do, or there is no such thing. */
export type Outcome = 'done' | 'unchanged' | 'not found';

/** An account with what is going on with it. */
export interface AccountDetails extends OperatorView {
  /** Sessions that go on. */
  readonly sessions: number;
  /** Wrong passwords that count now, for whichever of its names or addresses they are most. */
  readonly wrong_passwords: number;
}

/** The status that a command sets, and those that it may be set from. */
const STATUS_COMMANDS = {
  ban: {
    action: 'account.banned',
    from: [UserStatus.normal, UserStatus.muted, UserStatus.pending],
    to: UserStatus.banned,
  },
  unban: { action: 'account.unbanned', from: [UserStatus.banned], to: UserStatus.normal },
  mute: { action: 'account.muted', from: [UserStatus.normal], to: UserStatus.muted },
  unmute: { action: 'account.unmuted', from: [UserStatus.muted], to: UserStatus.normal },
} as const satisfies Record<
  string,
  { action: OperatorAction; from: readonly number[]; to: number }
>;

export type StatusCommand = keyof typeof STATUS_COMMANDS;

/**
 * What operators do to accounts, apart from their passwords. Each change leaves a row of the audit trail
 * with the operator's name; a `not found` account may have ended.
 */
@Injectable()
export class OperatorService {
  constructor(
    private readonly database: Transactions,
    private readonly accounts: OperatorRepository,
    private readonly credentials: CredentialsRepository,
    private readonly sessions: SessionService,
    private readonly safety: SafetyService,
    private readonly subjects: LoginSubjects,
    private readonly attempts: AttemptService,
    private readonly verification: VerificationService,
    private readonly audit: AuditService,
  ) {}

  /** @returns one more than {@link FOUND_MOST} at most, which tells that there are more */
  async find(text: string, shown: Shown): Promise<OperatorView[]> {
    const found = await this.accounts.find(text, FOUND_MOST + 1);
    return found.map((account) => toOperatorView(account, shown));
  }

  /** The account of an id, ended or not. */
  async show(id: string, shown: Shown): Promise<AccountDetails | undefined> {
    const account = (await this.accounts.find(id, FOUND_MOST)).find((one) => one.id === id);
    if (!account) return undefined;
    const live = await this.credentials.findById(id);
    const sessions = live ? await this.sessions.list(id) : [];
    return {
      ...toOperatorView(account, shown),
      sessions: sessions.length,
      wrong_passwords: live ? await this.failuresOf(live, sessions) : 0,
    };
  }

  /** Sets an account's status, where it is one that the command is for. A ban ends every session. */
  async setStatus(id: string, command: StatusCommand, origin: Origin): Promise<Outcome> {
    const { action, from, to } = STATUS_COMMANDS[command];
    return this.database.transaction(async () => {
      const account = await this.credentials.lockById(id);
      if (!account) return 'not found';
      if (!from.some((status) => status === account.status)) return 'unchanged';
      // The ban itself removes sessions too, but leaves no row in the audit trail.
      if (command === 'ban') await this.sessions.revokeAll(id, 'session.revoked_by_ban', origin);
      await this.accounts.setStatus(id, to, action, origin);
      return 'done';
    });
  }

  /** Forgets every wrong password that keeps the owner of an account out. */
  async unlock(id: string, origin: Origin): Promise<Outcome> {
    const account = await this.credentials.findById(id);
    if (!account) return 'not found';
    await this.forgetFailures(account);
    await this.audit.record('account.unlocked', id, {}, origin);
    return 'done';
  }

  /** Forgets an account's wrong passwords, without a row of the trail. */
  async forgetFailures(account: Credentials): Promise<void> {
    const sessions = await this.sessions.list(account.id);
    for (const subject of await this.subjectsOf(account, sessions)) {
      await this.attempts.forget(subject);
    }
    await this.attempts.forgetShared({ name: this.subjects.sharedBySessions(account.id) });
  }

  /** The sessions that go on, the one used last first. */
  async listSessions(id: string): Promise<ListedSession[] | undefined> {
    return (await this.credentials.findById(id)) && this.sessions.list(id);
  }

  /** @param sessionId ends this one only */
  async signOut(id: string, sessionId: string | undefined, origin: Origin): Promise<Outcome> {
    const action = 'session.revoked_by_operator';
    if (sessionId !== undefined) {
      const hasEnded = await this.sessions.revokeOne(id, sessionId, origin, action);
      return hasEnded ? 'done' : 'not found';
    }
    return this.database.transaction(async () => {
      const account = await this.credentials.lockById(id);
      if (!account) return 'not found';
      const ended = await this.sessions.list(id);
      await this.sessions.revokeAll(id, action, origin);
      return ended.length > 0 ? 'done' : 'unchanged';
    });
  }

  /** Ends an account for ever, as its owner can. */
  async close(id: string, origin: Origin): Promise<Outcome> {
    return this.database.transaction(async () => {
      const account = await this.credentials.lockById(id);
      if (!account) return 'not found';
      await this.safety.end(account, origin);
      return 'done';
    });
  }

  /**
   * Forgets how many codes a contact was sent, and how many wrong ones were heard. The contact need not be
   * an account's: a registration has none yet.
   */
  async resetCodeLimits(contact: Contact, origin: Origin): Promise<void> {
    await this.verification.forgetLimits(contact);
    const account = await this.credentials.findByContact(contact);
    const shown = masked(contact);
    await this.audit.record(
      'account.code_limits_reset',
      account?.id ?? null,
      { contact: { old: shown, new: shown } },
      origin,
    );
  }

  private async failuresOf(
    account: Credentials,
    sessions: readonly ListedSession[],
  ): Promise<number> {
    const subjects = await this.subjectsOf(account, sessions);
    const failures = await Promise.all(subjects.map((one) => this.attempts.failures(one)));
    return Math.max(0, ...failures);
  }

  private subjectsOf(account: Credentials, sessions: readonly ListedSession[]) {
    return this.subjects.allOf(
      account,
      sessions.map(({ id }) => id),
    );
  }
}

/** A contact with its middle replaced by asterisks. */
export const masked = ({ channel, account }: Contact): string =>
  channel === 'sms' ? maskedMobile(account) : maskedEmail(account);
