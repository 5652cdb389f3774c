import { applyDecorators } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { ApiPictureAction } from '../../protocol/openapi.decorators.js';
import { CAPTCHA_TYPES } from './captcha.service.js';

export const ApiUserVerifyEntry = (): MethodDecorator =>
  applyDecorators(
    ApiPictureAction({
      summary: 'Draw a picture captcha',
      description:
        'Four characters, to be entered in any case, valid for ten minutes and one answer. A new ' +
        'picture replaces the last one of the same type and uuid. At most 30 a minute for an address.',
      token: 'none',
      type: 'image/png',
    }),
    ApiQuery({
      name: 'type',
      description: 'What the picture guards.',
      schema: { type: 'string', enum: [...CAPTCHA_TYPES] },
    }),
    ApiQuery({
      name: 'uuid',
      required: false,
      description:
        "The client's own random identifier, sent again with the answer; without one, the client's " +
        'address stands for it.',
      schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{0,64}$' },
    }),
  );
