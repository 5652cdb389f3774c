import { ApiAction, objectSchema } from '../../protocol/openapi/openapi.decorators.js';

export const ApiAgreementIndex = (): MethodDecorator =>
  ApiAction({
    summary: 'The text of an agreement',
    description: 'With `is_content=1` a page for a browser: text/html, without an envelope.',
    token: 'none',
    data: objectSchema({ value: { type: 'string', description: 'HTML.' } }),
    example: { msg: 'success', code: 0, data: { value: '<p>...</p>' } },
  });
