import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reportSettings } from './setting-report.js';
import { settingNames } from './settings.js';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nest-shopxo-report-'));
  file = join(folder, '.env');
});

afterEach(() => rmSync(folder, { recursive: true }));

const reported = (env: Record<string, string>) =>
  new Map(reportSettings(env, file).map(({ name, ...one }) => [name, one]));

it('has every setting once, with its default where it is set nowhere', () => {
  const settings = reported({});
  expect([...settings.keys()].sort()).toEqual(settingNames().sort());
  expect(settings.get('PORT')).toEqual({ value: '3000', from: 'default' });
  expect(settings.get('REDIS_URL')).toEqual({ value: '(not set)', from: 'default' });
});

it('says what the environment and the file set, a blank variable hiding the file', () => {
  writeFileSync(file, 'PORT=4000\nHOST=::1\nSESSION_IDLE_DAYS=7\n');
  const settings = reported({ PORT: '5000', HOST: ' ' });
  expect(settings.get('PORT')).toEqual({ value: '5000', from: 'environment' });
  expect(settings.get('HOST')).toEqual({ value: '127.0.0.1', from: 'default' });
  expect(settings.get('SESSION_IDLE_DAYS')).toEqual({ value: '7', from: '.env' });
});

it.each([
  ['S3_SECRET_ACCESS_KEY', 'geheim', '(hidden)'],
  ['ID_CARD_KEY', 'geheim', '(hidden)'],
  ['ALIYUN_ACCESS_KEY_SECRET', 'geheim', '(hidden)'],
  ['DATABASE_URL', 'postgres://shop:geheim@db:5432/shop', 'postgres://***@db:5432/shop'],
  ['DATABASE_URL', 'postgres://db/shop?password=geheim', 'postgres://db/shop?***'],
  ['REDIS_URL', 'redis://:geheim@cache:6379/1', 'redis://***@cache:6379/1'],
  ['SMTP_URL', 'smtp://shop:geheim#1@mail', '(hidden)'],
  ['CORS_ORIGINS', 'https://a.example,https://b.example', 'https://a.example/,https://b.example/'],
])('shows of %s no secret', (name, text, value) => {
  expect(reported({ [name]: text }).get(name)).toEqual({ value, from: 'environment' });
  writeFileSync(file, `${name}="${text}"\n`);
  expect(reported({}).get(name)).toEqual({ value, from: '.env' });
});
