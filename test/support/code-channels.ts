import type pg from 'pg';
import { CodeDelivery } from '../../src/modules/verification/sending/code-delivery.js';
import { forgetAccounts } from './accounts.js';
import { codeOf, type MailServer, startMailServer } from './mail-server.js';
import { type SmsServer, startSmsServer } from './sms-server.js';
import type { TestApp } from './test-app.js';

const SMS_SECRET = 'test-secret';

/** Both services that codes travel by, on the loopback address. */
export interface CodeChannels {
  readonly mail: MailServer;
  readonly sms: SmsServer;
  /** Settings of an application that uses them. */
  readonly env: Record<string, string>;
  /** The last code that reached a mobile number or an address; undefined where none did. */
  lastCode(test: TestApp, account: string): Promise<string | undefined>;
  /** Leaves no account, code or count in the database, and forgets what was sent. */
  reset(db: pg.Pool): Promise<void>;
  close(): Promise<void>;
}

/** Starts both. */
export async function startCodeChannels(): Promise<CodeChannels> {
  const [mail, sms] = await Promise.all([startMailServer(), startSmsServer(SMS_SECRET)]);
  return {
    mail,
    sms,
    env: {
      // So long that no two of a test are the same by chance.
      VERIFICATION_CODE_LENGTH: '8',
      SMTP_URL: mail.url,
      MAIL_FROM: 'shop@example.com',
      ALIYUN_ACCESS_KEY_ID: 'test-key',
      ALIYUN_ACCESS_KEY_SECRET: SMS_SECRET,
      ALIYUN_SMS_SIGN_NAME: '测试',
      ALIYUN_SMS_TEMPLATE_CODE: 'SMS_154950909',
      ALIYUN_SMS_ENDPOINT: sms.endpoint,
    },
    lastCode: async (test, account) => {
      // What is sent after the answer.
      await test.app.get(CodeDelivery).onApplicationShutdown();
      const received = mail.mails.findLast(({ to }) => to.includes(account));
      if (received) return codeOf(received);
      const call = sms.calls.findLast(({ parameters }) => parameters.PhoneNumbers === account);
      return call && (JSON.parse(call.parameters.TemplateParam!) as { code: string }).code;
    },
    reset: async (db) => {
      await forgetAccounts(db);
      mail.mails.length = 0;
      sms.calls.length = 0;
    },
    close: async () => {
      await Promise.all([mail.close(), sms.close()]);
    },
  };
}
