import { jest } from '@jest/globals';
import sharp from 'sharp';
import { Database } from '../../src/database/database.js';
import { captchaHolder, CaptchaService } from '../../src/modules/verification/captcha.service.js';
import { watchCaptchas } from '../support/captcha-answers.js';
import { outcome } from '../support/outcome.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const UUID = '2f6d0a1e-8b1c-4a55-9d0e-000000000001';

let test: TestApp;
let captchas: CaptchaService;

const drawn = watchCaptchas();

const show = (query: object) => test.http.get('/user/userverifyentry').query(query);

/** The chunks of a PNG that hold its pixels and how large, how deep and how coloured they are. */
const PIXELS = ['IHDR', 'PLTE', 'IDAT', 'IEND', 'pHYs', 'sRGB'];

/** The types of a PNG's chunks, in order. */
function chunksOf(png: Buffer): string[] {
  const types: string[] = [];
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    types.push(png.toString('latin1', at + 4, at + 8));
  }
  return types;
}

/** The answer of the picture that was drawn last. */
const solve = (): string => drawn.at(-1)!;

beforeAll(async () => {
  test = await startTestApp();
  captchas = test.app.get(CaptchaService);
});

afterAll(async () => {
  await test.close();
});

beforeEach(() => test.db.query('TRUNCATE sxo_captcha, sxo_limited_use'));

describe('the picture', () => {
  it.each([
    ['path', '/user/userverifyentry?'],
    ["the client's own", '/api.php?s=user/userverifyentry&application=app&token=&ajax=ajax&t=1&'],
    ['path after the script', '/api.php/User/UserVerifyEntry.html?'],
  ])('is an image that runs nothing and is kept by no one: %s', async (_, url) => {
    const response = await test.http.get(`${url}type=user_login&uuid=${UUID}`).buffer(true);
    expect(response.status).toBe(200);
    expect(response.headers).toMatchObject({
      'content-type': 'image/png',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'cross-origin',
    });
    const png = response.body as Buffer;
    expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width: 200, height: 80 });
    expect(chunksOf(png)).toEqual(expect.arrayContaining(['IHDR', 'IDAT', 'IEND']));
    expect(chunksOf(png).filter((type) => !PIXELS.includes(type))).toEqual([]);
    expect(png.toString('latin1')).not.toMatch(/<svg|<path|<text/);
  });

  it('is another one each time', async () => {
    const [a, b] = [await show({ type: 'user_reg' }), await show({ type: 'user_reg' })];
    expect((a.body as Buffer).equals(b.body as Buffer)).toBe(false);
  });

  it.each([
    ['no type', {}, 'type'],
    ['an unknown type', { type: 'constructor' }, 'type'],
    ['a list of types', { type: ['user_login', 'user_reg'] }, 'type'],
    ['a uuid that is too long', { type: 'user_login', uuid: 'a'.repeat(65) }, 'uuid'],
    ['a uuid of other characters', { type: 'user_login', uuid: 'address:1' }, 'uuid'],
    ['an object', { type: 'user_login', 'uuid[a]': '1' }, 'uuid'],
  ])('is refused for %s, in an envelope', async (_, query, field) => {
    const response = await show({ ...query, lang: 'en' });
    expect(response.status).toBe(200);
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(response.body).toEqual({
      msg: expect.stringContaining(`(${field})`),
      code: -1,
      data: [],
    });
  });

  it('is drawn thirty times a minute for an address', async () => {
    const statuses = await Promise.all(
      Array.from({ length: 32 }, async () => (await show({ type: 'user_login' })).status),
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(30);
    const refused = await show({ type: 'user_login' });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.body).toMatchObject({ code: -429, data: [] });
  });
});

describe('the answer', () => {
  const types = ['user_login', 'user_reg', 'user_forget'] as const;

  it.each(types)('is accepted once, in any case: %s', async (type) => {
    await show({ type, uuid: UUID });
    const answer = solve();
    expect(await outcome(captchas.verify(type, UUID, ` ${answer.toLowerCase()}`))).toBe(0);
    expect(await outcome(captchas.verify(type, UUID, answer))).toBe(-10);
  });

  it('is accepted once by twenty at the same time', async () => {
    await show({ type: 'user_login', uuid: UUID });
    const answer = solve();
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => outcome(captchas.verify('user_login', UUID, answer))),
    );
    expect(outcomes.filter((code) => code === 0)).toHaveLength(1);
  });

  it('may be given once, rightly or not', async () => {
    await show({ type: 'user_login', uuid: UUID });
    const answer = solve();
    expect(await outcome(captchas.verify('user_login', UUID, '0000'))).toBe(-11);
    expect(await outcome(captchas.verify('user_login', UUID, answer))).toBe(-10);
  });

  it('is of the last picture, of its type and uuid only', async () => {
    await show({ type: 'user_login', uuid: UUID });
    const first = solve();
    let answer = first;
    while (answer === first) {
      await show({ type: 'user_login', uuid: UUID });
      answer = solve();
    }
    expect(await outcome(captchas.verify('user_reg', UUID, answer))).toBe(-10);
    expect(await outcome(captchas.verify('user_login', 'other', answer))).toBe(-10);
    expect(await outcome(captchas.verify('user_login', UUID, answer))).toBe(0);
  });

  it('expires', async () => {
    await show({ type: 'user_login', uuid: UUID });
    const answer = solve();
    await test.db.query('UPDATE sxo_captcha SET expire_time = now()');
    expect(await outcome(captchas.verify('user_login', UUID, answer))).toBe(-10);
  });

  it('is tied to the address of a client without a uuid', async () => {
    await show({ type: 'user_login' });
    const holder = captchaHolder('', '::ffff:127.0.0.1');
    expect(holder).toBe('address:127.0.0.1');
    const answer = solve();
    expect(await outcome(captchas.verify('user_login', holder, answer))).toBe(0);
  });

  it('is stored hashed', async () => {
    await show({ type: 'user_login', uuid: UUID });
    const answer = solve();
    const { rows } = await test.db.query<{ row: string }>(
      'SELECT c::text AS row FROM sxo_captcha c',
    );
    expect(rows[0]!.row).not.toContain(answer);
  });

  it('is no part of a transaction, whose rollback would bring the picture back', async () => {
    await expect(
      test.app.get(Database).transaction(() => captchas.verify('user_login', UUID, 'ABCD')),
    ).rejects.toThrow('must not be part of a transaction');
  });
});

it('draws from node:crypto, not from Math.random', async () => {
  const random = jest.spyOn(Math, 'random').mockReturnValue(0.5);
  try {
    const answers = new Set<string>();
    for (let draw = 0; draw < 2; draw += 1) {
      await captchas.draw('user_login', UUID, '203.0.113.9');
      answers.add(solve());
    }
    expect(answers.size).toBe(2);
  } finally {
    random.mockRestore();
  }
});
