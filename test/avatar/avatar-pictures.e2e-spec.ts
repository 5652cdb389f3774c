import { deflateSync } from 'node:zlib';
import sharp, { type JpegOptions, type Sharp } from 'sharp';
import { createUser, type TestUser } from '../support/accounts.js';
import {
  fieldsOf,
  filesBelow,
  gif,
  noise,
  pathOf,
  pixelsOf,
  quarters,
  solid,
  startPictureApp,
  upload,
} from '../support/pictures.js';

let test: Awaited<ReturnType<typeof startPictureApp>>;
let user: TestUser;

beforeAll(async () => {
  test = await startPictureApp({ AVATAR_UPLOADS_PER_HOUR: '1000' });
  user = await createUser(test.db);
});

afterAll(() => test.close());

/** Uploads and fetches what was made of it. */
async function made(
  file: Buffer,
  fields: Record<string, string> = {},
  options: { filename?: string; contentType?: string } = {},
): Promise<{ path: string; bytes: Buffer; type: string }> {
  const { body } = await upload(test, user.token, file, fields, options);
  expect(body).toMatchObject({ code: 0 });
  const path = pathOf(String(body.data));
  const served = await test.http.get(path);
  return { path, bytes: served.body as Buffer, type: String(served.headers['content-type']) };
}

const crop = (x: number, y: number, width: number, height: number) => ({
  img_x: String(x),
  img_y: String(y),
  img_width: String(width),
  img_height: String(height),
});

const sizeOf = async (bytes: Buffer) => {
  const { width, height } = await sharp(bytes).metadata();
  return [width, height];
};

/** A PNG chunk with its checksum left wrong or right does not matter to a header's reader. */
function png(width: number, height: number, pixels: Buffer): Buffer {
  const crcTable = Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit += 1)
      value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value >>> 0;
  });
  const crc = (bytes: Buffer): number => {
    let value = 0xffffffff;
    for (const byte of bytes) value = crcTable[(value ^ byte) & 0xff]! ^ (value >>> 8);
    return (value ^ 0xffffffff) >>> 0;
  };
  const chunk = (type: string, data: Buffer): Buffer => {
    const content = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc(content), 4);
    return Buffer.concat([frame.subarray(0, 4), content, frame.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // One bit a pixel, grey.
  header.set([1, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('formats', () => {
  it.each([
    ['jpeg', 'jpg', 'image/jpeg'],
    ['png', 'jpg', 'image/jpeg'],
    ['webp', 'jpg', 'image/jpeg'],
    // Every GIF can have a transparent colour.
    ['gif', 'webp', 'image/webp'],
  ] as const)('takes %s, whatever it is called', async (format, extension, contentType) => {
    const file = await solid(60, 40).toFormat(format).toBuffer();
    for (const options of [
      { filename: 'a.txt', contentType: 'text/html' },
      { filename: '../../../../etc/passwd', contentType: 'image/svg+xml' },
      { filename: 'C:\\a.php' },
    ]) {
      const { path, bytes, type } = await made(file, {}, options);
      expect(path).toMatch(
        /^\/static\/upload\/images\/user_avatar\/\d{4}\/\d{2}\/[0-9a-f]{32}\.[a-z]+$/,
      );
      expect(path.endsWith(`.${extension}`)).toBe(true);
      expect(type).toBe(contentType);
      expect((await sharp(bytes).metadata()).mediaType).toBe(contentType);
    }
  });

  it('keeps transparency, as WebP', async () => {
    const { path, bytes, type } = await made(await solid(60, 40, 4).png().toBuffer());
    expect(path).toMatch(/\.webp$/);
    expect(type).toBe('image/webp');
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'webp', hasAlpha: true });
  });

  it('uses the first frame of a GIF', async () => {
    const frames = await Promise.all(
      ['#ff0000', '#0000ff'].map((background) =>
        sharp({ create: { width: 20, height: 20, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    const gif = await sharp(frames, { join: { animated: true } })
      .gif({ delay: [100, 100] })
      .toBuffer();
    expect((await sharp(gif).metadata()).pages).toBe(2);
    const { bytes } = await made(gif);
    expect(await sizeOf(bytes)).toEqual([20, 20]);
    expect(await fieldsOf(bytes)).toEqual(['red', 'red', 'red', 'red']);
  });

  it.each<[string, () => Promise<Buffer> | Buffer]>([
    ['an empty file', () => Buffer.alloc(0)],
    ['text', () => Buffer.from('hello')],
    ['an SVG', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    ['HTML', () => Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a TIFF', () => solid(20, 20).tiff().toBuffer()],
    ['an AVIF', () => solid(20, 20).avif().toBuffer()],
    ['a PDF', () => Buffer.from('%PDF-1.7\n%%EOF')],
    ['a BMP', () => Buffer.from('BM\x46\0\0\0\0\0\0\0', 'latin1')],
    [
      'an SVG before a JPEG',
      async () => Buffer.concat([Buffer.from('<svg>'), await solid(9, 9).jpeg().toBuffer()]),
    ],
  ])('refuses %s', async (_, file) => {
    const before = await filesBelow(test.folder);
    const { status, body } = await upload(
      test,
      user.token,
      await file(),
      {},
      { contentType: 'image/jpeg' },
    );
    expect({ status, body }).toEqual({
      status: 200,
      body: { msg: '图片（file）须为 JPEG、PNG、WebP 或 GIF', code: -1, data: [] },
    });
    expect(await filesBelow(test.folder)).toEqual(before);
  });

  it.each(['jpeg', 'png', 'webp'] as const)('refuses a truncated %s', async (format) => {
    const file = await noise(200, 200).toFormat(format).toBuffer();
    for (const share of [0.9, 0.5, 0.01]) {
      const { body } = await upload(
        test,
        user.token,
        file.subarray(0, Math.ceil(file.length * share)),
      );
      expect({ share, body }).toEqual({
        share,
        body: { msg: '图片（file）已损坏，无法读取', code: -1, data: [] },
      });
    }
  });

  describe('a JPEG without its end', () => {
    const jpegs: [string, JpegOptions][] = [
      ['baseline', {}],
      ['progressive', { progressive: true }],
      ['full-colour', { chromaSubsampling: '4:4:4' }],
      ['coarse', { quality: 20 }],
    ];

    it.each(jpegs)('is taken where only its last bytes are missing: %s', async (_, options) => {
      const whole = await noise(203, 157).jpeg(options).toBuffer();
      const expected = await sharp((await made(whole)).bytes)
        .raw()
        .toBuffer();
      for (const missing of [1, 2]) {
        const { bytes } = await made(whole.subarray(0, -missing));
        expect((await sharp(bytes).raw().toBuffer()).equals(expected)).toBe(true);
      }
    });

    it.each(jpegs)('is refused where a row of pixels is: %s', async (_, options) => {
      const whole = await noise(203, 157).jpeg(options).toBuffer();
      for (const missing of [12, 30, 200, 1_000, Math.floor(whole.length / 2)]) {
        const { body } = await upload(test, user.token, whole.subarray(0, -missing));
        expect({ missing, code: body.code as number }).toEqual({ missing, code: -1 });
      }
    });
  });

  describe('a GIF whose first frame is smaller than its canvas', () => {
    const frame = { left: 4, top: 6, width: 20, height: 10 };

    it.each([1, 2])('is transparent around it: %i frames', async (frames) => {
      const { bytes, type } = await made(gif({ canvas: [40, 40], frame, frames }));
      expect(type).toBe('image/webp');
      const pixel = pixelsOf(await sharp(bytes).raw().toBuffer(), 40);
      for (const [x, y] of [
        [0, 0],
        [39, 39],
        [1, 10],
        [30, 10],
        [10, 2],
        [10, 30],
      ] as const) {
        expect({ x, y, alpha: pixel(x, y)[3] }).toEqual({ x, y, alpha: 0 });
      }
      const [red = 0, green = 255, , alpha] = pixel(14, 11);
      expect({ isRed: red > 200 && green < 60, alpha }).toEqual({ isRed: true, alpha: 255 });
    });

    it('is cropped as it is shown', async () => {
      const file = gif({ canvas: [40, 40], frame, frames: 1 });
      const { bytes } = await made(file, crop(0, 0, 10, 10));
      const pixel = pixelsOf(await sharp(bytes).raw().toBuffer(), 10);
      expect(pixel(1, 1)[3]).toBe(0);
      expect(pixel(8, 8)).toMatchObject({ 3: 255 });
      const beside = await made(file, crop(30, 30, 10, 10));
      expect((await sharp(beside.bytes).stats()).channels[3]).toMatchObject({ max: 0 });
    });

    it('is a JPEG where the frame fills the canvas', async () => {
      const whole = { left: 0, top: 0, width: 40, height: 40 };
      const { bytes, type } = await made(gif({ canvas: [40, 40], frame: whole, frames: 1 }));
      expect(type).toBe('image/jpeg');
      expect(await fieldsOf(bytes)).toEqual(['red', 'red', 'red', 'red']);
    });
  });

  it('refuses a file that is only a signature', async () => {
    for (const start of ['\xff\xd8\xff', '\x89PNG\r\n\x1a\n', 'GIF89a', 'RIFF\0\0\0\0WEBP']) {
      const { body } = await upload(test, user.token, Buffer.from(start, 'latin1'));
      expect(body).toMatchObject({ code: -1, data: [] });
    }
  });
});

describe('size', () => {
  const tooMany = { msg: '图片（file）不得超过 40 百万像素', code: -1, data: [] };

  it('refuses a decompression bomb by its header', async () => {
    const bomb = png(30_000, 30_000, deflateSync(Buffer.alloc(30_000 * 3_751), { level: 9 }));
    expect(bomb.length).toBeLessThan(500_000);
    expect((await upload(test, user.token, bomb)).body).toEqual(tooMany);
  });

  it('refuses a header of 100 megapixels', async () => {
    const jpeg = await solid(16, 16).jpeg().toBuffer();
    // The frame header: marker, length, precision, height, width.
    const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
    jpeg.writeUInt16BE(10_000, frame + 5);
    jpeg.writeUInt16BE(10_000, frame + 7);
    expect((await upload(test, user.token, jpeg)).body).toEqual(tooMany);
  });

  it('takes 40 megapixels and no more', async () => {
    const pixels = (width: number, height: number) =>
      png(width, height, deflateSync(Buffer.alloc(height * (Math.ceil(width / 8) + 1))));
    expect(await sizeOf((await made(pixels(8_000, 5_000))).bytes)).toEqual([512, 512]);
    expect((await upload(test, user.token, pixels(8_000, 5_001))).body).toEqual(tooMany);
  });

  it('takes 40 megapixels of three channels of 16 bits, but 30 of four', async () => {
    const file = (width: number, height: number, channels: 3 | 4) =>
      solid(width, height, channels)
        .toColourspace('rgb16')
        .png({ progressive: true, compressionLevel: 1 })
        .toBuffer();
    expect((await upload(test, user.token, await file(6_000, 5_001, 4))).body).toEqual({
      ...tooMany,
      msg: '图片（file）不得超过 30 百万像素',
    });
    expect(await sizeOf((await made(await file(80_000, 500, 3))).bytes)).toEqual([500, 500]);
  });

  it.each([
    [2_000, 1_000, 512],
    [1_000, 2_000, 512],
    [512, 512, 512],
    [513, 600, 512],
    [511, 2_000, 511],
    [300, 200, 200],
    [1, 1, 1],
    [1, 3_000, 1],
  ])('makes of %d × %d a square of %d', async (width, height, side) => {
    expect(await sizeOf((await made(await solid(width, height).png().toBuffer())).bytes)).toEqual([
      side,
      side,
    ]);
  });
});

describe('what is left of a file', () => {
  it('is nothing that was appended to or hidden in it', async () => {
    const zip = Buffer.from('PK\x03\x04 payload PK\x05\x06', 'latin1');
    const html = Buffer.from('<script>alert("polyglot")</script>');
    const jpeg = await solid(64, 64)
      .withExif({ IFD0: { ImageDescription: '<?php evil' } })
      .jpeg()
      .toBuffer();
    for (const appended of [zip, html]) {
      const { bytes } = await made(Buffer.concat([jpeg, appended]));
      for (const trace of ['PK\x03\x04', 'payload', 'script', 'polyglot', '<?php', 'Exif']) {
        expect(bytes.includes(Buffer.from(trace, 'latin1'))).toBe(false);
      }
      expect(bytes.subarray(-2)).toEqual(Buffer.from([0xff, 0xd9]));
    }
  });

  it('shows no place and no camera', async () => {
    const file = await solid(64, 64)
      .withExif({
        IFD0: { Model: 'Camera 7' },
        IFD3: { GPSLatitude: '31/1 14/1 0/1', GPSLatitudeRef: 'N' },
      })
      .withIccProfile('p3')
      .jpeg()
      .toBuffer();
    expect(await sharp(file).metadata()).toMatchObject({
      exif: expect.anything(),
      icc: expect.anything(),
    });
    const metadata = await sharp((await made(file)).bytes).metadata();
    for (const kind of ['exif', 'icc', 'xmp', 'iptc']) expect(metadata).not.toHaveProperty(kind);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('is upright, from EXIF orientation %d', async (orientation) => {
    const shown = ['red', 'green', 'blue', 'white'];
    // How the shown picture is stored, by the EXIF standard; sharp mirrors before it turns.
    const stored: Record<number, (picture: Sharp) => Sharp> = {
      1: (picture) => picture,
      2: (picture) => picture.flop(),
      3: (picture) => picture.rotate(180),
      4: (picture) => picture.flip(),
      5: (picture) => picture.rotate(270).flop(),
      6: (picture) => picture.rotate(270),
      7: (picture) => picture.rotate(90).flop(),
      8: (picture) => picture.rotate(90),
    };
    const turned = await stored[orientation]!(await quarters(80, 80))
      .png()
      .toBuffer();
    const file = await sharp(turned).withMetadata({ orientation }).jpeg({ quality: 95 }).toBuffer();
    expect((await sharp(file).metadata()).orientation).toBe(orientation);
    expect(await fieldsOf((await made(file)).bytes)).toEqual(shown);
    // The lower left field of the shown picture, whatever way it is stored.
    const { bytes } = await made(file, crop(0, 40, 40, 40));
    expect(await fieldsOf(bytes)).toEqual(['blue', 'blue', 'blue', 'blue']);
  });

  it.each(['jpeg', 'webp', 'png'] as const)('is upright where a %s is shrunk', async (format) => {
    const turned = await (await quarters(1_200, 2_400)).rotate(270).png().toBuffer();
    const file = await sharp(turned)
      .withMetadata({ orientation: 6 })
      .toFormat(format, { quality: 95 })
      .toBuffer();
    const { bytes } = await made(file);
    expect(await sizeOf(bytes)).toEqual([512, 512]);
    expect(await fieldsOf(bytes)).toEqual(['red', 'green', 'blue', 'white']);
  });
});

describe('crop', () => {
  let picture: Buffer;

  beforeAll(async () => {
    picture = await (await quarters(200, 100)).jpeg({ quality: 95 }).toBuffer();
  });

  it.each<[string, Record<string, string>, number, string]>([
    ['the whole', crop(0, 0, 200, 100), 100, 'red green blue white'],
    ['the first field', crop(0, 0, 100, 50), 50, 'red red red red'],
    ['the last field', crop(100, 50, 100, 50), 50, 'white white white white'],
    ['the last pixel', crop(199, 99, 1, 1), 1, 'white white white white'],
    ['a square in the middle', crop(75, 25, 50, 50), 50, 'red green blue white'],
  ])('uses %s', async (_, fields, side, colours) => {
    const { bytes } = await made(picture, fields);
    expect(await sizeOf(bytes)).toEqual([side, side]);
    expect((await fieldsOf(bytes)).join(' ')).toBe(colours);
  });

  it.each<[string, Record<string, string>, number]>([
    ['one too wide', crop(0, 0, 201, 100), 100],
    ['one too high', crop(100, 50, 100, 51), 50],
    ['one too far to the right', crop(101, 50, 100, 50), 50],
    ['one too far to the left', crop(-1, 0, 51, 50), 50],
    ['one too far up', crop(0, -1, 50, 51), 50],
    ['one too large on every side', crop(-1, -1, 202, 102), 100],
  ])('is clipped where it is %s', async (_, fields, side) => {
    expect(await sizeOf((await made(picture, fields)).bytes)).toEqual([side, side]);
  });

  it.each<[string, Record<string, string>]>([
    ['empty', { img_x: '', img_y: '', img_width: '', img_height: '' }],
    ['0', crop(0, 0, 0, 0)],
    ['empty or 0', { img_x: '0', img_y: '', img_width: '0', img_height: '' }],
  ])('is none where all of its numbers are %s', async (_, fields) => {
    const { bytes } = await made(picture, fields);
    expect(await sizeOf(bytes)).toEqual([100, 100]);
    expect(await fieldsOf(bytes)).toEqual(['red', 'green', 'blue', 'white']);
  });

  it('counts in pixels of the upright picture', async () => {
    // Stored 100 × 200, shown 200 × 100.
    const turned = await sharp(await sharp(picture).rotate(270).png().toBuffer())
      .withMetadata({ orientation: 6 })
      .jpeg({ quality: 95 })
      .toBuffer();
    expect(await fieldsOf((await made(turned, crop(100, 50, 100, 50))).bytes)).toContain('white');
    expect((await upload(test, user.token, turned, crop(0, 100, 50, 50))).body.code).toBe(-1);
  });

  const INSIDE = '200×100 像素';

  it.each<[string, Record<string, string>, string]>([
    ['two too wide', crop(0, 0, 202, 100), INSIDE],
    ['two too high', crop(0, 0, 200, 102), INSIDE],
    ['one beside the right edge', crop(200, 0, 1, 1), INSIDE],
    ['one below the lower edge', crop(0, 100, 1, 1), INSIDE],
    ['one left of the picture', crop(-1, 0, 1, 1), INSIDE],
    ['one above the picture', crop(0, -1, 1, 1), INSIDE],
    ['no width', crop(0, 0, 0, 10), '（img_width）须为 1 至 65535 的整数'],
    ['no height', crop(5, 5, 10, 0), '（img_height）须为 1 至 65535 的整数'],
    ['no size', crop(5, 5, 0, 0), '（img_width）须为 1 至 65535 的整数'],
    ['an edge two pixels outside', crop(-2, 0, 10, 10), '（img_x）须为 -1 至 65535 的整数'],
    ['a negative width', crop(0, 0, -1, 10), '（img_width）'],
    ['a fraction', { ...crop(0, 0, 10, 10), img_height: '1.5' }, '（img_height）'],
    ['an exponent', { ...crop(0, 0, 10, 10), img_y: '1e1' }, '（img_y）'],
    ['leading zeros', { ...crop(0, 0, 10, 10), img_y: '01' }, '（img_y）'],
    ['words', { ...crop(0, 0, 10, 10), img_x: 'left' }, '（img_x）'],
    ['emptiness', { ...crop(0, 0, 10, 10), img_x: '' }, '（img_x）'],
    ['emptiness but for a width', { ...crop(0, 0, 9, 0), img_x: '', img_height: '' }, '（img_x）'],
    ['one 0 alone', { img_x: '0' }, '须同时提供'],
    ['a list', { ...crop(0, 0, 10, 10), 'img_x[]': '1' }, '（img_x）'],
    ['a huge number', crop(0, 0, 99_999_999_999, 10), '（img_width）'],
    ['one number alone', { img_x: '1' }, '须同时提供'],
    ['three numbers', { img_x: '1', img_y: '1', img_width: '1' }, '须同时提供'],
  ])('refuses %s', async (_, fields, msg) => {
    const { status, body } = await upload(test, user.token, picture, fields);
    expect(status).toBe(200);
    expect(body).toMatchObject({ code: -1, msg: expect.stringContaining(msg), data: [] });
  });
});
