import { loadSettings, pickSettings } from './settings.js';
import { MailSettings } from './mail.settings.js';
import { SmsSettings } from './sms.settings.js';
import { VerificationSettings } from './verification.settings.js';

const SMS = {
  ALIYUN_ACCESS_KEY_ID: 'key',
  ALIYUN_ACCESS_KEY_SECRET: 'hush',
  ALIYUN_SMS_SIGN_NAME: 'sign',
  ALIYUN_SMS_TEMPLATE_CODE: 'SMS_1',
};

it.each(Object.keys(SMS))('refuses SMS settings without %s, and repeats no secret', (missing) => {
  const load = () => loadSettings({ ...SMS, [missing]: '' });
  expect(load).toThrow(new RegExp(`^${missing} must be .*set together`));
  expect(load).not.toThrow('hush');
});

it.each([
  [{ SMTP_URL: 'smtp://user:hush@mail.test' }, 'MAIL_FROM'],
  [{ MAIL_FROM: 'a@b.cc' }, 'MAIL_FROM'],
  [{ SMTP_URL: 'http://mail.test', MAIL_FROM: 'a@b.cc' }, 'SMTP_URL'],
  [{ SMTP_URL: 'smtp://', MAIL_FROM: 'a@b.cc' }, 'SMTP_URL'],
  [{ SMTP_URL: 'smtp://mail.test', MAIL_FROM: 'nobody' }, 'MAIL_FROM'],
  [{ SMTP_URL: 'smtp://mail.test', MAIL_FROM: 'A <a@b.cc>, b@c.dd' }, 'MAIL_FROM'],
  [{ ...SMS, ALIYUN_SMS_ENDPOINT: 'http://sms.test' }, 'ALIYUN_SMS_ENDPOINT'],
  [{ ...SMS, ALIYUN_SMS_ENDPOINT: 'sms.test/path' }, 'ALIYUN_SMS_ENDPOINT'],
  [{ VERIFICATION_LOG_CODES: 'true', NODE_ENV: 'production' }, 'VERIFICATION_LOG_CODES'],
  [{ VERIFICATION_LOG_CODES: 'true', NODE_ENV: 'test' }, 'VERIFICATION_LOG_CODES'],
  [{ VERIFICATION_LOG_CODES: 'yes' }, 'VERIFICATION_LOG_CODES'],
  [{ VERIFICATION_SEND_TIMEOUT_MS: '5' }, 'VERIFICATION_SEND_TIMEOUT_MS'],
])('refuses %j, naming %s', (env, name) => {
  expect(() => loadSettings(env)).toThrow(new RegExp(`^${name} must be `));
  expect(() => loadSettings(env)).not.toThrow('hush');
});

it('reads mail, SMS and logging', () => {
  const settings = loadSettings({
    ...SMS,
    SMTP_URL: 'smtps://user:pw@mail.test:465',
    MAIL_FROM: 'The Shop <shop@example.com>',
    ALIYUN_SMS_ENDPOINT: 'http://127.0.0.1:8080',
    VERIFICATION_LOG_CODES: 'true',
  });
  expect(pickSettings(settings, MailSettings).from).toEqual({
    name: 'The Shop',
    address: 'shop@example.com',
  });
  expect(pickSettings(settings, SmsSettings).endpoint).toEqual({
    protocol: 'http',
    host: '127.0.0.1:8080',
  });
  expect(pickSettings(settings, VerificationSettings).logCodes).toBe(true);
});

it('has defaults that send nothing', () => {
  const settings = loadSettings({});
  expect(pickSettings(settings, MailSettings).from).toBeUndefined();
  expect(pickSettings(settings, SmsSettings)).toMatchObject({
    accessKeyId: undefined,
    endpoint: { protocol: 'https', host: 'dysmsapi.aliyuncs.com' },
  });
  expect(pickSettings(settings, VerificationSettings).logCodes).toBe(false);
});
