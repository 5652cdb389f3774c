import type { AuditSettings } from '../../config/audit.settings.js';
import type { AuditAction } from './audit-action.js';

/** How much of a user's trail is kept of some actions together. */
export interface AuditBound {
  readonly actions: readonly AuditAction[];
  readonly rows: number;
  readonly bytes: number;
}

type BoundName = 'profile' | 'sessions' | 'account';

/**
 * Which bound an action falls under. Each bound is apart, so that a flood of one removes nothing of
 * another: profile saves do not displace logins, nor logins what happened to password and contacts.
 */
const BOUND_OF: Readonly<Record<AuditAction, BoundName>> = {
  'profile.changed': 'profile',
  'address.added': 'profile',
  'address.changed': 'profile',
  'address.default_set': 'profile',
  'address.removed': 'profile',
  'session.opened': 'sessions',
  'session.closed': 'sessions',
  'session.revoked': 'sessions',
  'session.others_revoked': 'sessions',
  'session.revoked_by_password': 'sessions',
  'session.revoked_by_closing': 'sessions',
  'session.revoked_by_operator': 'sessions',
  'session.revoked_by_ban': 'sessions',
  'account.registered': 'account',
  'account.closed': 'account',
  'password.changed': 'account',
  'password.reset': 'account',
  'mobile.bound': 'account',
  'email.bound': 'account',
  'platform.linked': 'account',
  'account.banned': 'account',
  'account.unbanned': 'account',
  'account.muted': 'account',
  'account.unmuted': 'account',
  'account.unlocked': 'account',
  'account.code_limits_reset': 'account',
  'password.code_sent': 'account',
  'password.once_set': 'account',
  'event.retried': 'account',
  'event.dropped': 'account',
  'region.loaded': 'account',
};

const BYTES_PER_KB = 1_000;

/** The bound that an action falls under. */
export function boundOf(action: AuditAction, settings: AuditSettings): AuditBound {
  const name = BOUND_OF[action];
  const [rows, kb] =
    name === 'profile'
      ? [settings.profileRows, settings.profileKb]
      : [settings.accountRows, settings.accountKb];
  const actions = (Object.keys(BOUND_OF) as AuditAction[]).filter((one) => BOUND_OF[one] === name);
  return { actions, rows, bytes: kb * BYTES_PER_KB };
}
