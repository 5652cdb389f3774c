import { ApiAction, objectSchema, type Schema } from '../../protocol/openapi/openapi.decorators.js';
import { pageSchema } from '../../protocol/request/paging.js';
import { AUDIT_ACTIONS } from '../audit/audit-action.js';
import { SHOWN_ENTRIES } from '../audit/audit.service.js';
import type { ChangedFieldView, ChangeView } from './change.view.js';
import type { PersonalChanges } from './changes.service.js';

const text = (description?: string): Schema => ({
  type: 'string',
  ...(description !== undefined && { description }),
});

const FIELD_SCHEMA: Record<keyof ChangedFieldView, Schema> = {
  field: text(),
  name: text("The field's name in the request's language."),
  old: text(
    'A mobile number or an email address is shown in part; sessions and delivery addresses by their ids.',
  ),
  new: text(),
};

const ENTRY_SCHEMA: Record<keyof ChangeView, Schema> = {
  id: text(),
  add_time: text('Epoch seconds.'),
  add_time_text: text(),
  action: { type: 'string', enum: [...AUDIT_ACTIONS] },
  action_text: text("The action in the request's language."),
  changes: { type: 'array', items: objectSchema(FIELD_SCHEMA) },
  application_client_type: text(),
  client_address: text('Empty where it is not known.'),
  request_id: text('The X-Request-Id of the answer that told of the change.'),
};

const EXAMPLE: PersonalChanges = {
  total: 1,
  page_total: 1,
  page: 1,
  page_size: 20,
  data: [
    {
      id: '1',
      add_time: '1668859689',
      add_time_text: '2022-11-19 20:08:09',
      action: 'profile.changed',
      action_text: '修改个人资料',
      changes: [{ field: 'nickname', name: '昵称', old: '', new: 'p001' }],
      application_client_type: 'pc',
      client_address: '203.0.113.7',
      request_id: 'f6a1c5a2-52a5-4f0b-9f4e-0b9f5f2f3c11',
    },
  ],
};

export const ApiPersonalChanges = (): MethodDecorator =>
  ApiAction({
    summary: "What happened to the user's own account",
    description:
      'Who changed the profile, the delivery addresses, the password, the bound contacts or the ' +
      'sessions, when, and from where; the newest first. Entries are removed after a year, and ' +
      'the oldest before that where there are many, as the operator has set it.',
    token: 'required',
    data: pageSchema(objectSchema(ENTRY_SCHEMA), {
      description: `At most ${SHOWN_ENTRIES}: older ones are not shown.`,
    }),
    example: { msg: 'success', code: 0, data: EXAMPLE },
  });
