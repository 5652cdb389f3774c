/**
 * What the audit trail records. The silent renewal of an outdated password hash is no change of the
 * user's and stands nowhere; nor does the expiry of a session, which happens by itself.
 */
export const AUDIT_ACTIONS = [
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

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

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
