import { applyDecorators } from '@nestjs/common';
import { ApiConsumes } from '@nestjs/swagger';
import { ApiAction } from '../../protocol/openapi/openapi.decorators.js';

export const ApiAvatarUpload = (): MethodDecorator =>
  applyDecorators(
    ApiAction({
      summary: "Upload a picture for the user's avatar",
      description:
        'The picture is cropped if asked, then to the square in its middle, made at most 512 pixels ' +
        'wide and encoded anew, one with transparency as WebP, any other as JPEG; of a GIF the first ' +
        'frame is used. It becomes the avatar when the profile is saved with the URL that is ' +
        'answered; one that no profile uses is removed after a day. At most five an hour; ' +
        'one counts from when it is decoded, damaged or not.',
      token: 'required',
      data: { type: 'string', description: 'The absolute URL of the stored picture.' },
      example: {
        msg: '上传成功',
        code: 0,
        data: 'http://shopxo.com/static/upload/images/user_avatar/2022/11/0f3c5bb1a7d24d0c9d7be1a4a8f0c7de.jpg',
      },
    }),
    ApiConsumes('multipart/form-data'),
  );
