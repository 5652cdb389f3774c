import { createHash } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { PasswordSettings } from '../../../config/password.settings.js';
import { readSettings } from '../../../config/env.js';
import { PasswordHasher } from './password-hasher.js';

beforeAll(() => Logger.overrideLogger(false));

const PASSWORD = ' pässwörd 密码 ';

async function hasherWith(env: Record<string, string> = {}): Promise<PasswordHasher> {
  const hasher = new PasswordHasher(
    readSettings(PasswordSettings, { ARGON2_MEMORY_KIB: '8192', ARGON2_PASSES: '1', ...env }),
  );
  await hasher.onModuleInit();
  return hasher;
}

const shopxo = (password: string, salt = '123456') => ({
  pwd: createHash('md5')
    .update(salt + password)
    .digest('hex'),
  salt,
});

it('hashes with argon2id and the configured parameters, each time with another salt', async () => {
  const hasher = await hasherWith();
  const hashes = [await hasher.hash(PASSWORD), await hasher.hash(PASSWORD)];
  for (const hash of hashes) expect(hash).toMatch(/^\$argon2id\$v=19\$m=8192,t=1,p=1\$/);
  expect(hashes[0]).not.toBe(hashes[1]);
});

it('knows the password again, to the last space', async () => {
  const hasher = await hasherWith();
  const stored = { pwd: await hasher.hash(PASSWORD), salt: '' };
  expect(await hasher.matches(PASSWORD, stored)).toBe(true);
  expect(await hasher.matches(PASSWORD.trim(), stored)).toBe(false);
  expect(await hasher.matches(PASSWORD.toUpperCase(), stored)).toBe(false);
  expect(await hasher.renew(PASSWORD, stored)).toBeUndefined();
});

it.each([
  ['no account', undefined],
  ['no password', { pwd: '', salt: '' }],
  ['a salt and no password', { pwd: '', salt: '123456' }],
  ['something unreadable', { pwd: '*', salt: '' }],
  ['an unreadable argon2id', { pwd: '$argon2id$v=19$m=8192', salt: '' }],
  ['an MD5 in upper case', { pwd: shopxo('secret').pwd.toUpperCase(), salt: '123456' }],
])('matches nothing with %s', async (_, stored) => {
  const hasher = await hasherWith();
  for (const password of ['', 'secret', '*']) {
    expect(await hasher.matches(password, stored)).toBe(false);
  }
});

it("matches ShopXO's MD5, which was made of the trimmed password", async () => {
  const hasher = await hasherWith();
  const stored = shopxo('secret');
  expect(await hasher.matches('secret', stored)).toBe(true);
  expect(await hasher.matches(' secret\n', stored)).toBe(true);
  expect(await hasher.matches('Secret', stored)).toBe(false);
  expect(await hasher.matches('secret', { ...stored, salt: '654321' })).toBe(false);
});

it.each(['secret', ' secret\n'])("renews ShopXO's MD5 by what was typed: %j", async (typed) => {
  const hasher = await hasherWith();
  const pwd = (await hasher.renew(typed, shopxo('secret'))) ?? '';
  expect(await hasher.matches(typed, { pwd, salt: '' })).toBe(true);
});

it.each<Record<string, string>>([
  { ARGON2_MEMORY_KIB: '9000' },
  { ARGON2_PASSES: '2' },
  { ARGON2_PARALLELISM: '2' },
])('matches and renews a hash of other parameters: %j', async (env) => {
  const stored = { pwd: await (await hasherWith()).hash('secret'), salt: '' };
  const hasher = await hasherWith(env);
  expect(await hasher.matches('secret', stored)).toBe(true);
  const pwd = (await hasher.renew('secret', stored)) ?? '';
  expect(await hasher.matches('secret', { pwd, salt: '' })).toBe(true);
  expect(await hasher.renew('secret', { pwd, salt: '' })).toBeUndefined();
});
