/**
 * What users do to their own accounts, as the audit trail records it. The silent renewal of an outdated password hash is no change of the
 * user's and stands nowhere; nor does the expiry of a session, which happens by itself.
 */
export const USER_ACTIONS = [
  'account.registered',
  'account.closed',
  'profile.changed',
  'address.added',
  'address.changed',
  'address.default_set',
  'address.removed',
  'password.changed',
  'password.reset',
  'mobile.bound',
  'email.bound',
  'platform.linked',
  'session.opened',
  'session.closed',
  'session.revoked',
  'session.others_revoked',
  'session.revoked_by_password',
  'session.revoked_by_closing',
] as const;

/** What operators do, to accounts and to the service. */
export const OPERATOR_ACTIONS = [
  'account.banned',
  'account.unbanned',
  'account.muted',
  'account.unmuted',
  'account.unlocked',
  'account.code_limits_reset',
  'password.code_sent',
  'password.once_set',
  'session.revoked_by_operator',
  'session.revoked_by_ban',
  'event.retried',
  'event.dropped',
  'region.loaded',
] as const;

/** Everything that the audit trail records. */
export const AUDIT_ACTIONS = [...USER_ACTIONS, ...OPERATOR_ACTIONS] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** The actions of an operator. */
export type OperatorAction = (typeof OPERATOR_ACTIONS)[number];

/** The actions that end sessions. */
export type SessionEnd = Exclude<Extract<AuditAction, `session.${string}`>, 'session.opened'>;

/** A value of a field: a date is text; ids are a list. */
export type RecordedValue = string | number | null | readonly string[];

/** One field's value before and after. */
export interface Change {
  readonly old: RecordedValue;
  readonly new: RecordedValue;
}

/** The fields that a change really changed, by their names. */
export type Changes = Readonly<Record<string, Change>>;
