import { applyDecorators } from '@nestjs/common';
import { ApiConsumes } from '@nestjs/swagger';
import {
  ApiAction,
  ApiPictureAction,
  objectSchema,
} from '../../protocol/openapi/openapi.decorators.js';

export const ApiIdCardUpload = (): MethodDecorator =>
  applyDecorators(
    ApiAction({
      summary: "Upload a picture of the user's identity card",
      description:
        'The picture is encoded anew in the aspect that it has, at most 2,000 pixels wide and high, ' +
        'and stored encrypted. An address shows it when it is saved with the link that is answered. ' +
        'The link is good for ten minutes; useraddress/detail gives new ones. At most five an hour.',
      token: 'required',
      data: objectSchema({ url: { type: 'string', description: 'A link to the picture.' } }),
      example: {
        msg: '上传成功',
        code: 0,
        data: {
          url:
            'http://shopxo.com/useraddress/idcardpicture?picture=2026%2F11%2F' +
            '0f3c5bb1a7d24d0c9d7be1a4a8f0c7de.jpg&expires=1764255600&signature=5f…',
        },
      },
    }),
    ApiConsumes('multipart/form-data'),
  );

export const ApiIdCardPicture = (): MethodDecorator =>
  ApiPictureAction({
    summary: 'Show a picture of an identity card by its link',
    description:
      'An unknown, changed or expired link is answered with 404. Nobody may keep the picture.',
    token: 'none',
    type: 'image/jpeg',
  });
