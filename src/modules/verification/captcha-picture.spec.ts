import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { GLYPHS } from './captcha-glyphs.js';
import { CaptchaPainter, drawAnswer, type Random } from './captcha-picture.js';

const painter = new CaptchaPainter();

/** The same numbers for the same seed, so that the pictures are the same in every run. */
function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const CHARACTERS = [...GLYPHS.keys()];

const answerOf = (seed: number): string => {
  const random = seeded(seed * 7_919);
  return Array.from({ length: 4 }, () => CHARACTERS[Math.floor(random() * CHARACTERS.length)]).join(
    '',
  );
};

it('draws four characters, of which none is easily taken for another', () => {
  for (let draw = 0; draw < 200; draw += 1) {
    expect(drawAnswer()).toMatch(/^[235679ACEFHKMNPRTUWXY]{4}$/);
  }
});

it('paints the same for the same numbers, and otherwise another picture', async () => {
  const [one, same, other] = await Promise.all(
    [1, 1, 2].map((seed) => painter.paint('ACEF', seeded(seed))),
  );
  expect(one!.equals(same!)).toBe(true);
  expect(one!.equals(other!)).toBe(false);
});

it('takes little of the processor', async () => {
  await painter.paint('ACEF');
  const start = process.cpuUsage();
  for (let round = 0; round < 50; round += 1) await painter.paint(drawAnswer());
  const { user, system } = process.cpuUsage(start);
  // A few milliseconds each; the bound leaves room for a slow machine.
  expect((user + system) / 1_000 / 50).toBeLessThan(60);
});

describe('tesseract', () => {
  const COUNT = 60;
  const PREPARED: Record<string, (picture: Sharp) => Sharp> = {
    'as it is': (picture) => picture,
    'black and white': (picture) => picture.grayscale().threshold(150),
    'without thin lines': (picture) => picture.grayscale().median(5).threshold(140),
    'large and without thin lines': (picture) =>
      picture.grayscale().resize({ width: 600 }).median(9).threshold(140),
  };
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'nest-shopxo-captcha-'));
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  /** What the program reads in pictures, one text for each. */
  function read(files: string[], mode: number): string[] {
    const list = join(folder, 'list.txt');
    writeFileSync(list, files.join('\n'));
    const options = ['--psm', String(mode), '-c', `tessedit_char_whitelist=${CHARACTERS.join('')}`];
    const text = execFileSync(
      'tesseract',
      [list, 'stdout', ...options, '-c', 'page_separator=\f'],
      {
        encoding: 'utf8',
        env: { ...process.env, OMP_THREAD_LIMIT: '1' },
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
    return text.split('\f').map((page) => page.replace(/\W/g, ''));
  }

  it('reads print', async () => {
    const glyph = await sharp(
      Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="80"><rect width="200" height="80" fill="#fff"/>' +
          '<g fill="none" stroke="#000" stroke-width="7">' +
          '<path d="M30 15H62M46 15V65"/><path d="M90 15V65M90 40H122M122 15V65"/></g></svg>',
      ),
    )
      .png()
      .toBuffer();
    const file = join(folder, 'print.png');
    writeFileSync(file, glyph);
    expect(read([file], 7)[0]).toBe('TH');
  });

  it.each(Object.entries(PREPARED))(
    'reads at most one picture in ten: %s',
    async (_, prepare) => {
      const answers = Array.from({ length: COUNT }, (_item, seed) => answerOf(seed + 1));
      const files = answers.map((answer, index) => join(folder, `${index}.png`));
      for (const [index, answer] of answers.entries()) {
        const picture = await painter.paint(answer, seeded(index + 1));
        await prepare(sharp(picture)).png().toFile(files[index]!);
      }
      const solved = new Set<number>();
      for (const mode of [7, 8, 13]) {
        read(files, mode).forEach((text, index) => {
          if (text === answers[index]) solved.add(index);
        });
      }
      expect(solved.size).toBeLessThanOrEqual(COUNT / 10);
    },
    300_000,
  );
});
