import { ApiPictureAction } from '../../protocol/openapi/openapi.decorators.js';

export const ApiUserVerifyEntry = (): MethodDecorator =>
  ApiPictureAction({
    summary: 'Draw a picture captcha',
    description:
      'Four characters, to be entered in any case, valid for ten minutes and one answer. A new ' +
      'picture replaces the last one of the same type and uuid. At most 30 a minute for an address.',
    token: 'none',
    type: 'image/png',
  });
