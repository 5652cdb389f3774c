import { createUser, rowOf, type TestUser } from '../support/accounts.js';
import { restartClock, stopClockAt } from '../support/clock.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let test: TestApp;
let user: TestUser;

/** Gives the tests of the enclosing block an application of their own. */
function useApp(env: Record<string, string> = {}): void {
  beforeAll(async () => {
    test = await startTestApp(env);
  });

  afterAll(async () => {
    await test.close();
  });
}

beforeEach(async () => {
  user = await createUser(test.db, {
    nickname: 'before',
    birthday: '1990-05-06',
    province: 'P',
    city: 'C',
    county: 'D',
    gender: 2,
    address: 'A',
  });
});

/** Saves one parameter. It is given as JSON text, for JavaScript cannot write `-0` or `1e400`. */
const save = (name: string, json: string, lang = 'zh') => {
  const required = name === 'nickname' ? '' : '"nickname":"n",';
  return test.http
    .post('/personal/save')
    .set('Authorization', `Bearer ${user.token}`)
    .type('json')
    .send(`{"lang":"${lang}",${required}"${name}":${json}}`);
};

async function expectSaved(name: string, json: string, stored: string): Promise<void> {
  const { status, body } = await save(name, json);
  expect({ status, body }).toMatchObject({ status: 200, body: { code: 0 } });
  expect(body.data[name]).toBe(stored);
  const row = await rowOf(test.db, user.id);
  expect(`${(row[name] as string | number | null) ?? ''}`).toBe(stored);
}

/** @param limit what the message says of the rule */
async function expectRefused(name: string, json: string, limit: string): Promise<void> {
  const before = await rowOf(test.db, user.id);
  const { status, body } = await save(name, json);
  expect({ status, body }).toEqual({
    status: 200,
    body: { msg: expect.stringContaining(`（${name}）`), code: -1, data: [] },
  });
  expect(body.msg).toContain(limit);
  expect(await rowOf(test.db, user.id)).toEqual(before);
}

/** `U+202E` and the like, for titles that must not themselves be garbled. */
const codePointName = (character: string): string =>
  `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;

const named = (characters: readonly string[]): [string, string][] =>
  characters.map((character) => [codePointName(character), character]);

const LIMITS = {
  text: '须为字符串',
  characters: '控制字符',
  visible: '可见字符',
  date: 'YYYY-MM-DD',
  earliest: '1900-01-01 至今天',
  gender: '0, 1, 2',
} as const;

const TEXTS = [
  { name: 'nickname', max: 60 },
  { name: 'province', max: 60 },
  { name: 'city', max: 60 },
  { name: 'county', max: 60 },
  { name: 'address', max: 80 },
];

describe('personal/save', () => {
  useApp();

  describe.each(TEXTS)('$name', ({ name, max }) => {
    /** What is repeated, and how many code points it has in NFC. */
    const units: [string, string, number][] = [
      ['ASCII letters', 'a', 1],
      ['characters that HTML would escape', '<', 1],
      ['Chinese characters', '\u95f5', 1],
      ['Chinese characters beyond the basic plane', '\u{20bb7}', 1],
      ['emoji', '\u{1f600}', 1],
      ['flags, each of two', '\u{1f1e8}\u{1f1f3}', 2],
      ['families, each of three joined', '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}', 5],
      ['letters and accents that NFC composes', 'e\u0301', 1],
      ['letters and accents that NFC leaves apart', 'q\u0301', 2],
      ['Hangul that NFC composes of three', '\u1112\u1161\u11ab', 1],
      ['letters that NFC takes apart', '\u0958', 2],
    ];

    const ofLength = (unit: string, size: number, length: number): string =>
      unit.repeat(Math.floor(length / size)) + 'a'.repeat(length % size);

    it.each(units)(`takes ${max} code points of %s`, async (_, unit, size) => {
      const value = ofLength(unit, size, max);
      expect(Array.from(value.normalize('NFC'))).toHaveLength(max);
      await expectSaved(name, JSON.stringify(value), value.normalize('NFC'));
    });

    it.each(units)(`refuses ${max + 1} code points of %s`, async (_, unit, size) => {
      await expectRefused(name, JSON.stringify(ofLength(unit, size, max + 1)), String(max));
    });

    it('does not count the white space around', async () => {
      const value = 'a'.repeat(max);
      await expectSaved(name, JSON.stringify(`\u3000 \t\r\n${value}\n \u00a0\ufeff`), value);
    });

    it('counts the white space within', async () => {
      await expectRefused(name, JSON.stringify(`a${' '.repeat(max - 1)}b`), String(max));
    });

    it.each([
      ['trims', '"  a b  "', 'a b'],
      ['composes', String.raw`"Ame\u0301lie"`, 'Am\u00e9lie'],
      ['replaces by its canonical equivalent', String.raw`"\u212b"`, '\u00c5'],
      ['keeps what is only compatible', String.raw`"\ufb01\uff21\u00b2"`, '\ufb01\uff21\u00b2'],
    ])('%s %s', async (_, json, stored) => {
      await expectSaved(name, json, stored);
    });

    it.each([
      '0',
      'null',
      `<script>alert("x")</script>`,
      '&lt;&amp;',
      `'; DROP TABLE sxo_user; --`,
      '{{label}} %s %00 $1 \\u0000',
    ])('stores as sent: %s', async (value) => {
      await expectSaved(name, JSON.stringify(value), value);
    });

    const forbidden = [
      // Both ends of the two blocks of control characters, and the ones in them that text meets.
      ...['\u0000', '\u0001', '\u0008', '\t', '\n', '\v', '\f', '\r', '\u001b', '\u001f'],
      ...['\u007f', '\u0080', '\u0085', '\u009f'],
      ...['\u2028', '\u2029'],
      ...['\u202a', '\u202b', '\u202c', '\u202d', '\u202e'],
      ...['\u2066', '\u2067', '\u2068', '\u2069'],
      '\ud800',
      '\udbff',
      '\udc00',
      '\udfff',
    ];

    it.each(named(forbidden))('refuses %s', async (_, character) => {
      await expectRefused(name, JSON.stringify(`a${character}b`), LIMITS.characters);
    });

    it.each(named(['\u0000', '\u001b', '\u0080', '\u202e', '\u2066', '\ud83d', '\ude00']))(
      'refuses %s at either end, too',
      async (_, character) => {
        await expectRefused(name, JSON.stringify(`a${character}`), LIMITS.characters);
        await expectRefused(name, JSON.stringify(`${character}a`), LIMITS.characters);
      },
    );

    it('refuses the halves of a surrogate pair in the wrong order', async () => {
      await expectRefused(name, String.raw`"\ude00\ud83d"`, LIMITS.characters);
    });

    // The nearest on both sides of what is refused, and what text in many scripts needs.
    const neighbours = ['\u0020', '\u007e', '\u00a0', '\u2027', '\u202f', '\u2065', '\u206a'];
    const needed = ['\ud7ff', '\ue000', '\ufffd', '\u{10ffff}', '\u200b', '\u200d', '\u200e'];

    it.each(named([...neighbours, ...needed]))('takes %s', async (_, character) => {
      await expectSaved(name, JSON.stringify(`a${character}b`), `a${character}b`);
    });
  });

  describe('nickname', () => {
    it.each([
      ['nothing', ''],
      ['a space', ' '],
      ['sixty spaces', ' '.repeat(60)],
      ['white space of every kind', '\u0020\u00a0\u2000\u2003\u3000\t\r\n\ufeff'],
    ])('refuses %s as too short', async (_, value) => {
      await expectRefused('nickname', JSON.stringify(value), '1 至 60');
    });

    it.each(
      named([
        '\u00ad',
        '\u034f',
        '\u061c',
        '\u115f',
        '\u180e',
        '\u200b',
        '\u200c',
        '\u200d',
        '\u200e',
        '\u200f',
        '\u2060',
        '\u2064',
        '\u206a',
        '\u2800',
        '\u3164',
        '\ufe0f',
        '\uffa0',
        '\u{e0020}',
        '\u{e0100}',
      ]),
    )('refuses what draws nothing: only %s', async (_, character) => {
      await expectRefused('nickname', JSON.stringify(character), LIMITS.visible);
      const mixed = `${character}\u200b ${character}\u200d`;
      await expectRefused('nickname', JSON.stringify(mixed), LIMITS.visible);
    });

    it.each(
      named(['a', '0', '.', '<', '\u95f5', '\u{1f600}', '\u00e9', '\u0e01', '\u0627', '\u20ac']),
    )('takes one visible character, among invisible ones too: %s', async (_, character) => {
      await expectSaved('nickname', JSON.stringify(character), character);
      const hidden = `\u200b${character}\u200b`;
      await expectSaved('nickname', JSON.stringify(hidden), hidden);
    });

    it('is required', async () => {
      const before = await rowOf(test.db, user.id);
      const { status, body } = await test.http
        .post('/personal/save')
        .send({ token: user.token, province: 'x' });
      expect({ status, body }).toEqual({
        status: 200,
        body: { msg: '请填写昵称（nickname）', code: -1, data: [] },
      });
      expect(await rowOf(test.db, user.id)).toEqual(before);
    });
  });

  describe('text that may be empty', () => {
    it.each(
      ['province', 'city', 'county', 'address'].flatMap((name) =>
        ['', '   ', '\u3000\t\n'].map((value) => [name, JSON.stringify(value)] as const),
      ),
    )('%s is cleared by %s', async (name, json) => {
      await expectSaved(name, json, '');
    });
  });

  describe('birthday', () => {
    it.each([
      '1900-01-01',
      '1901-12-13',
      '1969-12-31',
      '1970-01-01',
      '1972-02-29',
      '1986-05-04',
      '2000-02-29',
      '2022-11-19',
      '',
    ])('takes "%s"', async (value) => {
      await expectSaved('birthday', JSON.stringify(value), value);
    });

    it.each(['1899-12-31', '1000-01-01', '0000-01-01', '0001-01-01', '9999-12-31', '2999-01-01'])(
      'refuses %s, which exists but is out of range',
      async (value) => {
        await expectRefused('birthday', JSON.stringify(value), LIMITS.earliest);
      },
    );

    it.each(
      [
        ['days that do not exist', '1990-02-29', '1900-02-29', '1990-04-31', '2021-06-31'],
        ['days out of the calendar', '1990-01-00', '1990-01-32', '1990-00-10', '1990-13-01'],
        ['zeros', '0000-00-00', '0'],
        [
          'relative times',
          'now',
          'today',
          'yesterday',
          '+1 week',
          '-1 day',
          'first monday',
          '@86400',
        ],
        ['other notations', '2022-11-9', '2022-1-19', '22-11-19', '2022/11/19', '2022.11.19'],
        [
          'other ISO notations',
          '20221119',
          '2022-W46-6',
          '2022-323',
          '2022-11',
          '2022',
          '+2022-11-19',
        ],
        ['times of day', '2022-11-19T00:00:00', '2022-11-19 00:00', '2022-11-19Z', '2022-11-19T24'],
        [
          'white space',
          ' ',
          ' 2022-11-19',
          '2022-11-19 ',
          '2022-11-19\n',
          '\n2022-11-19',
          '2022 -11-19',
        ],
        [
          'a hidden end',
          '2022-11-19\u0000',
          '2022-11-19\u200b',
          '\ufeff2022-11-19',
          '2022-11-19\nx',
        ],
        [
          'other digits',
          '\uff12\uff10\uff12\uff12-11-19',
          '\u0662\u0660\u0662\u0662-\u0661\u0661-\u0661\u0669',
        ],
        ['other dashes', '2022\u201011\u201019', '2022\u221211\u221219', '2022\uff0d11\uff0d19'],
        ['years of other lengths', '10000-01-01', '02022-11-19', '-2022-11-19', '999-01-01'],
        ['words', 'abc', 'null', 'Infinity', 'infinity', '-infinity', 'epoch', 'NaN'],
      ].flatMap(([kind, ...values]) =>
        values.map((value) => [kind, JSON.stringify(value)] as const),
      ),
    )('refuses %s: %s', async (_, json) => {
      await expectRefused('birthday', json, LIMITS.date);
    });

    it.each(['19901119', '0', '86400', '-1', '["2022-11-19"]', '["2022-11-19","2022-11-19"]'])(
      'refuses what is not a string: %s',
      async (json) => {
        await expectRefused('birthday', json, LIMITS.date);
      },
    );
  });

  describe('gender', () => {
    it.each(['"0"', '"1"', '"2"', '0', '1', '2'])('takes %s', async (json) => {
      await expectSaved('gender', json, json.replaceAll('"', ''));
    });

    it.each([
      ...['"3"', '"9"', '"-1"', '"10"', '"00"', '3', '9', '-1', '10', '256', '65536', '4294967297'],
      ...['"1.0"', '"01"', '"1e0"', '"0x1"', '"1."', '"+1"', '"-0"', '"1,2"', '"0, 1"'],
      ...['-0', '-0.0', '0.5', '1.5', '1.0000001', '1e400', '-1e400'],
      ...['" 1"', '"1 "', String.raw`"1\n"`, String.raw`"\t1"`, String.raw`"1\u0000"`, '" "', '""'],
      ...[String.raw`"\uff11"`, String.raw`"\u0661"`, String.raw`"\u00b9"`, String.raw`"1\u200b"`],
      ...[
        '"a"',
        '"true"',
        '"null"',
        '"\u5973"',
        '"female"',
        '"toString"',
        '"__proto__"',
        '"length"',
      ],
      ...['[1]', '["1"]', '["1","2"]', '[[1]]', '{"0":"1"}', '{"value":1}'],
    ])('refuses %s', async (json) => {
      await expectRefused('gender', json, LIMITS.gender);
    });
  });

  describe('a value of the wrong type', () => {
    const limits: [name: string, limit: string][] = [
      ...[...TEXTS, { name: 'avatar' }].map(({ name }): [string, string] => [name, LIMITS.text]),
      ['birthday', LIMITS.date],
      ['gender', LIMITS.gender],
    ];
    const values = ['null', 'true', 'false', '[]', '[null]', '["a"]', '["a","b"]', '[[]]'];
    const objects = ['{}', '{"a":"b"}', '{"length":1}', '{"toString":"a"}', '{"constructor":"a"}'];

    it.each(
      limits.flatMap(([name, limit]) =>
        [...values, ...objects].map((json) => [name, json, limit] as const),
      ),
    )('%s is not %s', async (name, json, limit) => {
      await expectRefused(name, json, limit);
    });

    it.each(
      limits
        .filter(([name]) => name !== 'gender')
        .flatMap(([name, limit]) =>
          ['0', '1', '1.5', '-1', '1e400'].map((json) => [name, json, limit] as const),
        ),
    )('%s is not the number %s', async (name, json, limit) => {
      await expectRefused(name, json, limit);
    });
  });

  describe('the language of a refusal', () => {
    const tooLong = (max: number): string => JSON.stringify('x'.repeat(max + 1));

    it.each([
      ['nickname', '""', '1'],
      ['nickname', tooLong(60), '60'],
      ['province', tooLong(60), '60'],
      ['city', tooLong(60), '60'],
      ['county', tooLong(60), '60'],
      ['address', tooLong(80), '80'],
      ['birthday', '"1899-12-31"', '1900-01-01'],
      ['gender', '3', '0, 1, 2'],
      // Rules without a number.
      ['nickname', 'null', ''],
      ['nickname', String.raw`"\u200b"`, ''],
      ['county', String.raw`"a\u0000"`, ''],
      ['birthday', '"now"', ''],
      ['avatar', '"javascript:alert(1)"', ''],
    ])('differs, but always names parameter and limit: %s = %s', async (name, json, limit) => {
      const messages: string[] = [];
      for (const lang of ['zh', 'en', 'cht', 'spa']) {
        const { body } = await save(name, json, lang);
        expect(body).toMatchObject({ code: -1, data: [] });
        expect(body.msg).toMatch(new RegExp(`[(（]${name}[)）]`));
        expect(body.msg).toContain(limit);
        messages.push(body.msg);
      }
      expect(new Set(messages).size).toBe(messages.length);
    });
  });
});

describe.each([
  // The last day, the instant at which it ends, the day that begins then, and the one after it.
  ['Asia/Shanghai', '2024-02-28', '2024-02-28T16:00:00Z', '2024-02-29', '2024-03-01'],
  ['America/New_York', '2024-03-10', '2024-03-11T04:00:00Z', '2024-03-11', '2024-03-12'],
  ['Pacific/Kiritimati', '2023-12-31', '2023-12-31T10:00:00Z', '2024-01-01', '2024-01-02'],
])('birthday where the shop is in %s', (zone, ending, midnight, beginning, following) => {
  // The first is the default.
  useApp(zone === 'Asia/Shanghai' ? {} : { APP_TIMEZONE: zone });

  afterEach(restartClock);

  it(`may be ${ending}, but not ${beginning}, a millisecond before midnight`, async () => {
    stopClockAt(Date.parse(midnight) - 1);
    await expectRefused('birthday', `"${beginning}"`, LIMITS.earliest);
    await expectSaved('birthday', `"${ending}"`, ending);
  });

  it(`may be ${beginning}, but not ${following}, at midnight`, async () => {
    stopClockAt(Date.parse(midnight));
    await expectRefused('birthday', `"${following}"`, LIMITS.earliest);
    await expectSaved('birthday', `"${beginning}"`, beginning);
  });

  it('is shown and stored as the day that was sent, whatever the zone', async () => {
    await expectSaved('birthday', '"1990-05-07"', '1990-05-07');
  });
});
