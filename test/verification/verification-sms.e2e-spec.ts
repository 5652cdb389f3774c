import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { CodeDelivery } from '../../src/modules/verification/sending/code-delivery.js';
import {
  type CodeRequest,
  VerificationService,
} from '../../src/modules/verification/verification.service.js';
import { outcome } from '../support/outcome.js';
import { answerSms, type SmsServer, startSmsServer } from '../support/sms-server.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const SECRET = 'test-secret/+=';
const MOBILE = '13800138000';

const settings = {
  ALIYUN_ACCESS_KEY_ID: 'test-key',
  ALIYUN_ACCESS_KEY_SECRET: SECRET,
  ALIYUN_SMS_SIGN_NAME: '测试 (商城)*',
  ALIYUN_SMS_TEMPLATE_CODE: 'SMS_154950909',
  VERIFICATION_SEND_TIMEOUT_MS: '300',
};

const request: CodeRequest = {
  purpose: 'bind',
  channel: 'sms',
  account: MOBILE,
  language: 'zh',
  client: { address: '203.0.113.7' },
  deliver: true,
};

let sms: SmsServer;
let test: TestApp;
let logged: jest.SpiedFunction<Logger['error']>;

const send = async (changes: Partial<CodeRequest> = {}, app: TestApp = test): Promise<number> => {
  const code = await outcome(app.app.get(VerificationService).send({ ...request, ...changes }));
  await app.app.get(CodeDelivery).onApplicationShutdown();
  return code;
};

const codeOf = ({ calls }: SmsServer): string =>
  (JSON.parse(calls.at(-1)!.parameters.TemplateParam!) as { code: string }).code;

const codeCount = async (): Promise<number> =>
  (await test.db.query('SELECT FROM sxo_verification_code')).rowCount!;

beforeAll(async () => {
  sms = await startSmsServer(SECRET);
  test = await startTestApp({ ...settings, ALIYUN_SMS_ENDPOINT: sms.endpoint });
  logged = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
});

afterAll(async () => {
  logged.mockRestore();
  await test.close();
  await sms.close();
});

beforeEach(async () => {
  await test.db.query('TRUNCATE sxo_verification_code, sxo_limited_use');
  sms.calls.length = 0;
  sms.answer = answerSms({ Code: 'OK', Message: 'OK', RequestId: 'R', BizId: 'B' });
  logged.mockClear();
});

it('opens the channel', () => {
  expect(test.app.get(VerificationService).openChannels()).toEqual(['sms']);
});

it.each(['login', 'reg', 'forgetpwd', 'bind'] as const)(
  'sends one signed message with the fields that the service documents: %s',
  async (purpose) => {
    expect(await send({ purpose })).toBe(0);
    expect(sms.calls).toEqual([
      {
        method: 'POST',
        headers: expect.objectContaining({
          'x-acs-action': 'SendSms',
          'x-acs-version': '2017-05-25',
          authorization: expect.stringMatching(/^ACS3-HMAC-SHA256 Credential=test-key,/),
        }),
        parameters: {
          PhoneNumbers: MOBILE,
          SignName: '测试 (商城)*',
          TemplateCode: 'SMS_154950909',
          TemplateParam: expect.stringMatching(/^\{"code":"\d{4}"\}$/),
        },
        signed: true,
      },
    ]);
    const { client } = request;
    const claim = { purpose, channel: 'sms', account: MOBILE, code: codeOf(sms), client } as const;
    const service = test.app.get(VerificationService);
    await service.use(await service.check(claim));
  },
);

it('is signed with the secret of the settings and no other', async () => {
  const other = await startSmsServer('another secret');
  const app = await startTestApp({
    ...settings,
    DATABASE_URL: test.databaseUrl,
    ALIYUN_SMS_ENDPOINT: other.endpoint,
  });
  await send({}, app);
  expect(other.calls).toMatchObject([{ signed: false }]);
  await app.close();
  await other.close();
});

it('sends nothing to an account that may get no code', async () => {
  expect(await send({ purpose: 'login', deliver: false })).toBe(0);
  expect(sms.calls).toEqual([]);
  expect(await codeCount()).toBe(1);
});

describe('a service that fails', () => {
  const failures: [string, SmsServer['answer'], object][] = [
    [
      'refuses the message',
      answerSms({ Code: 'isv.BUSINESS_LIMIT_CONTROL', Message: '触发分钟级流控' }),
      { reason: 'isv.BUSINESS_LIMIT_CONTROL' },
    ],
    [
      'refuses the key',
      answerSms({ Code: 'InvalidAccessKeyId.NotFound', Message: 'not found' }, 404),
      { reason: 'InvalidAccessKeyId.NotFound' },
    ],
    [
      'breaks',
      answerSms({ Code: 'InternalError', Message: 'x' }, 500),
      { reason: 'InternalError' },
    ],
    ['answers no JSON', (response) => response.end('<html>'), {}],
    ['answers an empty object', answerSms({}), {}],
    ['hangs up', (response) => response.destroy(), {}],
    ['never answers', () => undefined, {}],
    [
      'answers without end',
      (response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        const drip = setInterval(() => response.write(' '), 50);
        response.on('close', () => clearInterval(drip));
      },
      {},
    ],
  ];

  it.each(failures)('%s: -100, no code is left, and none is logged', async (_, answer, log) => {
    sms.answer = answer;
    expect(await send()).toBe(-100);
    expect(sms.calls).toHaveLength(1);
    expect(await codeCount()).toBe(0);
    expect(logged.mock.calls).toEqual([
      [expect.objectContaining({ msg: 'a code sender failed', channel: 'sms', ...log })],
    ]);
    expect(JSON.stringify(logged.mock.calls)).not.toContain(codeOf(sms));
  });

  it('gives nothing away of what it refuses to an account', async () => {
    sms.answer = answerSms({ Code: 'isv.BUSINESS_LIMIT_CONTROL', Message: 'x' });
    expect(await send({ purpose: 'login' })).toBe(0);
    expect(sms.calls).toHaveLength(1);
    // As after a request for an unknown account.
    expect(await codeCount()).toBe(1);
  });

  describe('is not there', () => {
    let gone: Server;
    let app: TestApp;

    beforeAll(async () => {
      gone = createServer().listen(0, '127.0.0.1');
      await once(gone, 'listening');
      const { port } = gone.address() as AddressInfo;
      gone.close();
      app = await startTestApp({
        ...settings,
        DATABASE_URL: test.databaseUrl,
        ALIYUN_SMS_ENDPOINT: `http://127.0.0.1:${port}`,
      });
    });

    afterAll(() => app.close());

    it.each([
      ['a known account', { purpose: 'login' }],
      ['an unknown one', { purpose: 'login', deliver: false }],
      ['one that is bound', {}],
    ] as const)('answers -100 to %s', async (_, changes) => {
      expect(await send(changes, app)).toBe(-100);
      expect(await codeCount()).toBe(0);
    });
  });
});
