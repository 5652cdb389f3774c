import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import type { TestUser } from './accounts.js';
import { PUBLIC_URL, startTestApp, type TestApp } from './test-app.js';

/** Red, as large as asked. */
export const solid = (width: number, height: number, channels: 3 | 4 = 3) =>
  sharp({
    create: { width, height, channels, background: { r: 255, g: 0, b: 0, alpha: 0.5 } },
  });

/** Noise, which no format makes much smaller. */
export const noise = (width: number, height: number) =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: 'white',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  });

/** A GIF whose frames are a red rectangle on a canvas that they need not fill; no pixel is transparent. */
export function gif({
  canvas: [width, height],
  frame,
  frames,
}: {
  readonly canvas: readonly [width: number, height: number];
  readonly frame: { left: number; top: number; width: number; height: number };
  readonly frames: number;
}): Buffer {
  const word = (value: number): number[] => [value & 255, value >> 8];
  // The codes have three bits: 4 clears the table, so that it never grows, 1 is red, 5 is the end.
  const codes = Array.from({ length: frame.width * frame.height }, () => [4, 1]).flat();
  const bits = [...codes, 5].flatMap((code) => [code & 1, (code >> 1) & 1, code >> 2]);
  const packed = Array.from({ length: Math.ceil(bits.length / 8) }, (_, byte) =>
    bits.slice(byte * 8, byte * 8 + 8).reduce((sum, bit, place) => sum + (bit << place), 0),
  );
  const blocks = Array.from({ length: Math.ceil(packed.length / 255) }, (_, index) => {
    const block = packed.slice(index * 255, (index + 1) * 255);
    return [block.length, ...block];
  }).flat();
  const places = [frame.left, frame.top, frame.width, frame.height].flatMap(word);
  const image = [0x21, 0xf9, 4, 0, 10, 0, 0, 0, 0x2c, ...places, 0, 2, ...blocks, 0];
  const black = [0, 0, 0];
  const red = [255, 0, 0];
  return Buffer.from([
    ...Buffer.from('GIF89a'),
    ...[...word(width), ...word(height), 0x80, 0, 0, ...black, ...red],
    ...Array.from({ length: frames }, () => image).flat(),
    0x3b,
  ]);
}

/** The channels of a raw RGBA picture's pixels. */
export const pixelsOf =
  (raw: Buffer, width: number) =>
  (x: number, y: number): number[] => [
    ...raw.subarray((y * width + x) * 4, (y * width + x) * 4 + 4),
  ];

/** Four fields: red, green over blue, white. */
export async function quarters(width: number, height: number): Promise<Sharp> {
  const field = (background: string, left: number, top: number) => ({
    input: {
      create: { width: width / 2, height: height / 2, channels: 3 as const, background },
    },
    left: left * (width / 2),
    top: top * (height / 2),
  });
  const bytes = await solid(width, height)
    .composite([
      field('#ff0000', 0, 0),
      field('#00ff00', 1, 0),
      field('#0000ff', 0, 1),
      field('#ffffff', 1, 1),
    ])
    .png()
    .toBuffer();
  return sharp(bytes);
}

/** The names of the colours in the middle of a picture's four fields, in reading order. */
export async function fieldsOf(picture: Buffer): Promise<string[]> {
  const { data, info } = await sharp(picture)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const names: Record<string, string> = {
    '100': 'red',
    '010': 'green',
    '001': 'blue',
    '111': 'white',
  };
  return [
    [1, 1],
    [3, 1],
    [1, 3],
    [3, 3],
  ].map(([x = 0, y = 0]) => {
    const column = Math.floor((info.width * x) / 4);
    const row = Math.floor((info.height * y) / 4);
    const start = (row * info.width + column) * info.channels;
    const key = [...data.subarray(start, start + 3)].map((value) => (value > 127 ? 1 : 0)).join('');
    return names[key] ?? key;
  });
}

/** A folder for what a test stores, removed by its `remove`. */
export async function temporaryFolder(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'nest-shopxo-avatar-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** The files below a folder, temporary ones included; none where it does not exist. */
export async function filesBelow(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Sends a picture as a client would. */
export function upload(
  test: Pick<TestApp, 'http'>,
  token: string,
  file: Buffer,
  fields: Record<string, string> = {},
  options: { filename?: string; contentType?: string } = {},
) {
  const request = test.http
    .post('/personal/useravatarupload')
    .set('Authorization', `Bearer ${token}`);
  for (const [name, value] of Object.entries(fields)) void request.field(name, value);
  return request.attach('file', file, { filename: 'a.jpg', ...options });
}

/** The stored path in a picture's URL. */
export const pathOf = (url: string): string => url.slice(PUBLIC_URL.length);

/** The application with a folder of its own for pictures; closing it removes the folder. */
export async function startPictureApp(
  env: Record<string, string> = {},
): Promise<TestApp & { readonly folder: string }> {
  const folder = await temporaryFolder();
  const test = await startTestApp({ DATA_DIR: folder.path, ...env });
  const close = async () => {
    await test.close();
    await folder.remove();
  };
  return { ...test, folder: folder.path, close };
}

/** Makes a user's pictures so many minutes older. */
export async function agePictures(test: TestApp, { id }: TestUser, minutes: number): Promise<void> {
  await test.db.query(
    `UPDATE sxo_user_avatar SET add_time = add_time - make_interval(mins => $2) WHERE user_id = $1`,
    [id, minutes],
  );
}

/** Waits until a statement waits for a lock. */
export async function untilOneWaits({ db }: TestApp): Promise<void> {
  for (let waiting = 0; waiting === 0;) {
    const { rows } = await db.query<{ waiting: number }>(
      `SELECT count(*)::int AS waiting FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    waiting = rows[0]!.waiting;
  }
}
