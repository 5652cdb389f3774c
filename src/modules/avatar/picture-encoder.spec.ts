import { jest } from '@jest/globals';
import sharp, { type Sharp } from 'sharp';
import { AvatarSettings } from '../../config/avatar.settings.js';
import { avatarFailures } from './avatar.messages.js';
import { PictureEncoder } from './picture-encoder.js';

const encoder = new PictureEncoder(new AvatarSettings());

const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: 'red' } });

describe('the header', () => {
  it.each(['jpeg', 'png', 'webp', 'gif'] as const)('of a %s tells what it is', async (format) => {
    const order = await encoder.inspect(await picture(8, 6).toFormat(format).toBuffer(), 'file');
    expect(order.metadata).toMatchObject({ format, width: 8, height: 6 });
  });

  it.each(['tiff', 'avif'] as const)('of a %s is refused', async (format) => {
    const bytes = await picture(8, 6).toFormat(format).toBuffer();
    await expect(encoder.inspect(bytes, 'file')).rejects.toMatchObject({
      failure: avatarFailures.notAPicture,
    });
  });

  it('bounds a crop', async () => {
    const bytes = await picture(8, 6).png().toBuffer();
    const crop = { left: 4, top: 2, width: 4, height: 4 };
    expect((await encoder.inspect(bytes, 'file', crop)).crop).toEqual(crop);
    for (const side of ['left', 'top', 'width', 'height'] as const) {
      await expect(
        encoder.inspect(bytes, 'file', { ...crop, [side]: crop[side] + 2 }),
      ).rejects.toMatchObject({ failure: avatarFailures.cropOutside });
    }
  });
});

describe('a picture that takes too long', () => {
  // How long a real one takes is the machine's affair; the message is the library's.
  it('is unavailable after the seconds of the settings', async () => {
    const order = await encoder.inspect(await picture(8, 6).png().toBuffer(), 'file');
    const prototype = Object.getPrototypeOf(picture(1, 1)) as Sharp;
    const timeout = jest.spyOn(prototype, 'timeout');
    const toBuffer = jest.spyOn(prototype, 'toBuffer');
    toBuffer.mockRejectedValue(new Error('timeout: 42% complete'));
    const slow = new PictureEncoder(Object.assign(new AvatarSettings(), { decodeSeconds: 3 }));
    await expect(slow.encode(order, { square: true, side: 512 })).rejects.toMatchObject({
      failure: { code: -503 },
    });
    expect(timeout).toHaveBeenCalledWith({ seconds: 3 });
    timeout.mockRestore();
    toBuffer.mockRestore();
  });
});
