import { type Language, type MessageKey, translate } from '../../envelope/message-catalogue.js';
import { epochSeconds, timeText } from '../../protocol/views/time.js';
import { auditMessages } from '../audit/audit.messages.js';
import type { RecordedValue } from '../audit/audit-action.js';
import type { AuditEntry } from '../audit/audit-entry.js';
import type { AvatarUrls } from './avatar-urls.js';
import { personalMessages } from './personal.messages.js';
import { EDITABLE_COLUMNS } from './user.repository.js';

/** A changed field on the wire: the profile's as in the user object, of sessions and addresses the ids. */
export interface ChangedFieldView {
  readonly field: string;
  /** For people, in the request's language. */
  readonly name: string;
  readonly old: string;
  readonly new: string;
}

/** An entry of personal/changes. */
export type ChangeView = ReturnType<typeof toChangeView>;

/** Every field that a change may have, in the order in which they are shown. */
const FIELD_NAMES: ReadonlyMap<string, MessageKey> = new Map([
  ...EDITABLE_COLUMNS.map((column) => [column, personalMessages(`field.${column}`)] as const),
  ...(['mobile', 'email', 'platform_identity', 'status', 'sessions', 'addresses'] as const).map(
    (field) => [field, auditMessages(`field.${field}`)] as const,
  ),
]);

/**
 * What an entry of the audit trail looks like on the wire.
 *
 * @param avatars make the URLs of stored pictures; one may have been removed since
 */
export function toChangeView(entry: AuditEntry, language: Language, avatars: AvatarUrls) {
  return {
    id: entry.id,
    add_time: epochSeconds(entry.add_time),
    add_time_text: timeText(entry.add_time),
    action: entry.action,
    action_text: translate(language, auditMessages(`action.${entry.action}`)),
    changes: changedFields(entry, language, avatars),
    application_client_type: entry.application_client_type,
    client_address: entry.client_address,
    request_id: entry.request_id,
  };
}

function changedFields(
  { changes }: AuditEntry,
  language: Language,
  avatars: AvatarUrls,
): ChangedFieldView[] {
  return [...FIELD_NAMES].flatMap(([field, name]) => {
    const change = changes[field];
    if (!change) return [];
    const show = (value: RecordedValue): string =>
      field === 'avatar' ? avatars.toUrl(String(value)) : text(value);
    return [
      { field, name: translate(language, name), old: show(change.old), new: show(change.new) },
    ];
  });
}

const text = (value: RecordedValue): string =>
  typeof value === 'object' ? (value ?? []).join(', ') : String(value);
