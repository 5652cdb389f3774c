import { applyDecorators } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { ApiAction, objectSchema } from '../../protocol/openapi.decorators.js';
import { DOCUMENTS } from './agreement.documents.js';

export const ApiAgreementIndex = (): MethodDecorator =>
  applyDecorators(
    ApiAction({
      summary: 'The text of an agreement',
      token: 'none',
      data: objectSchema({ value: { type: 'string', description: 'HTML.' } }),
      example: { msg: 'success', code: 0, data: { value: '<p>...</p>' } },
    }),
    ApiQuery({ name: 'document', schema: { type: 'string', enum: [...DOCUMENTS] } }),
  );
