import { ValidateBy } from 'class-validator';
import { FromEnv, parseList } from './env.js';

/** What accounts' owners are told of. */
export const NOTICE_KINDS = ['password', 'contact', 'closing', 'address', 'platform'] as const;

export type NoticeKind = (typeof NOTICE_KINDS)[number];

const isKind = (text: string): text is NoticeKind => NOTICE_KINDS.some((kind) => kind === text);

/** @returns null, which no rule accepts, for anything else */
function parseKinds(text: string): ReadonlySet<NoticeKind> | null {
  if (text === 'on') return new Set(NOTICE_KINDS);
  if (text === 'off') return new Set();
  const kinds = parseList(text);
  return kinds.length > 0 && kinds.every(isKind) ? new Set(kinds) : null;
}

/** Of what accounts' owners are told by mail or SMS. */
export class SecurityNoticeSettings {
  @FromEnv(
    'SECURITY_NOTICES',
    `on, off or a comma-separated list of ${NOTICE_KINDS.join(', ')}`,
    parseKinds,
  )
  @ValidateBy({ name: 'noticeKinds', validator: { validate: (value) => value instanceof Set } })
  readonly kinds: ReadonlySet<NoticeKind> = new Set(NOTICE_KINDS);
}
