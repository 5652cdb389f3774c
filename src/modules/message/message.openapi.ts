import { applyDecorators } from '@nestjs/common';
import {
  ApiAction,
  ApiBodyTypes,
  objectSchema,
} from '../../protocol/openapi/openapi.decorators.js';
import { PageDto, pageOf, pageSchema } from '../../protocol/request/paging.js';
import type { MessageView } from './message.view.js';

const EXAMPLE: MessageView = {
  id: '1',
  title: '积分变动',
  detail: '订单 &quot;20221119&quot; 完成<br>[ 有效积分增加10 ]',
  business_id: '1',
  business_type: '积分',
  type: '0',
  is_read: '1',
  add_time: '1668859279',
  type_text: '默认',
  is_read_text: '已读',
  add_time_time: '2022-11-19 20:01:19',
  add_time_date: '2022-11-19',
};

const SCHEMA = objectSchema({
  ...Object.fromEntries(Object.keys(EXAMPLE).map((field) => [field, { type: 'string' as const }])),
  title: { type: 'string', description: 'Plain text.' },
  detail: { type: 'string', description: 'HTML without scripts and styles.' },
  is_read: { type: 'string', enum: ['1'], description: 'Read by this answer at the latest.' },
});

export const ApiMessageIndex = (): MethodDecorator =>
  applyDecorators(
    ApiAction({
      summary: "The user's messages, newest first; those of the page are read from now on",
      token: 'required',
      data: pageSchema(SCHEMA),
      example: { msg: 'success', code: 0, data: pageOf(new PageDto(), [[EXAMPLE], 1], (it) => it) },
    }),
    ApiBodyTypes(),
  );
