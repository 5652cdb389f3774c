import { PasswordSettings } from '../../../config/password.settings.js';
import { readSettings } from '../../../config/env.js';
import { drawOneTimePassword, readOneTime, toStoredOneTime } from './one-time-password.js';
import { PasswordHasher } from './password-hasher.js';

const settings = readSettings(PasswordSettings, {
  ARGON2_MEMORY_KIB: '8192',
  ARGON2_PASSES: '1',
});
const hasher = new PasswordHasher(settings);

const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1_000) + seconds;

const stored = async (password: string, until: number) => ({
  pwd: toStoredOneTime({ hash: await hasher.hash(password), until }),
  salt: '',
});

beforeAll(() => hasher.onModuleInit());

it('draws passwords that differ, of letters and digits that are told apart', () => {
  const drawn = Array.from({ length: 100 }, drawOneTimePassword);
  expect(new Set(drawn).size).toBe(100);
  for (const one of drawn) expect(one).toMatch(/^([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}$/);
});

it('matches a one-time password until its last second, and nothing else', async () => {
  const live = await stored('right', inSeconds(60));
  expect(await hasher.matches('right', live)).toBe(true);
  expect(await hasher.matches('wrong', live)).toBe(false);
  expect(await hasher.matches('right', await stored('right', inSeconds(-1)))).toBe(false);
});

it('is not renewed: it is used up', async () => {
  expect(hasher.isCurrent(await stored('right', inSeconds(60)))).toBe(true);
});

it.each([
  '',
  'once:',
  'once:1:',
  'once:x:$argon2id$v=19$',
  'once:1:d41d8cd98f00b204e9800998ecf8427e',
  '$argon2id$v=19$m=1,t=1,p=1$a$b',
  'xonce:1:$argon2id$',
])('takes %j for none', (pwd) => {
  expect(readOneTime({ pwd })).toBeUndefined();
});
