import {
  createCipheriv,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MiniProgramType } from '../../src/modules/platform-identity/mini-program-type.js';

/** A user of a platform. */
export interface PlatformUser {
  readonly openid: string;
  readonly unionid?: string;
  /** A number of another country has its code in front, such as `+1 2025550123`. */
  readonly mobile?: string;
}

interface Login extends PlatformUser {
  readonly sessionKey: string;
  isUsed: boolean;
}

interface Call {
  readonly path: string;
  readonly parameters: Record<string, string>;
}

type Fields = Record<string, string>;

const SECRET = 'mini-secret';
const APP_IDS = {
  weixin: 'wx0',
  qq: 'qq0',
  baidu: 'bd0',
  toutiao: 'tt0',
  kuaishou: 'ks0',
} as const;
const ALIPAY_ID = '2014072300007148';

const shop = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const alipay = generateKeyPairSync('rsa', { modulusLength: 2_048 });

const base64 = (key: Buffer): string => key.toString('base64');

/**
 * An HTTP server in the place of all six platforms: it gives out login codes, which count once, and
 * answers with what each platform documents, errors included.
 */
export class PlatformServer {
  readonly calls: Call[] = [];
  /** Takes the place of every answer, where a test sets it. */
  fault: ((response: ServerResponse) => void) | undefined;
  /** The access token that WeChat takes. */
  accessToken = 'access-1';

  private readonly logins = new Map<string, Login>();
  private readonly mobiles = new Map<string, { mobile: string; appId: string }>();
  private readonly server = createServer((request, response) => void this.serve(request, response));

  static async start(): Promise<PlatformServer> {
    const started = new PlatformServer();
    started.server.listen(0, '127.0.0.1');
    await once(started.server, 'listening');
    return started;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The settings of all six platforms. */
  get settings(): Record<string, string> {
    const { url } = this;
    return {
      ...Object.fromEntries(
        Object.entries(APP_IDS).flatMap(([type, id]) => {
          const prefix = `${type.toUpperCase()}_MINI`;
          return [
            [`${prefix}_${type === 'baidu' ? 'APPKEY' : 'APPID'}`, id],
            [`${prefix}_SECRET`, SECRET],
            [`${prefix}_URL`, url],
          ];
        }),
      ),
      ALIPAY_MINI_APPID: ALIPAY_ID,
      ALIPAY_MINI_PRIVATE_KEY: base64(shop.privateKey.export({ type: 'pkcs8', format: 'der' })),
      ALIPAY_MINI_PUBLIC_KEY: base64(alipay.publicKey.export({ type: 'spki', format: 'der' })),
      ALIPAY_MINI_URL: `${url}/gateway.do`,
      // A shared machine may stall; tests of silence set their own.
      MINI_PROGRAM_TIMEOUT_MS: '5000',
    };
  }

  /** A login code, as the platform gives it to its mini-program, and the session key that it leads to. */
  logIn(type: MiniProgramType, user: PlatformUser): { code: string; sessionKey: string } {
    const code = randomBytes(12).toString('hex');
    const sessionKey = randomBytes(type === 'baidu' ? 24 : 16).toString('base64');
    this.logins.set(code, { ...user, sessionKey, isUsed: false });
    return { code, sessionKey };
  }

  /** WeChat's code for a mobile number. */
  mobileCode(mobile: string, appId: string = APP_IDS.weixin): string {
    const code = randomBytes(12).toString('hex');
    this.mobiles.set(code, { mobile, appId });
    return code;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { pathname: path, searchParams } = new URL(request.url!, this.url);
    const body = Buffer.concat(chunks).toString();
    const parameters = {
      ...Object.fromEntries(searchParams),
      ...((request.headers['content-type'] ?? '').startsWith('application/json')
        ? (JSON.parse(body) as Fields)
        : Object.fromEntries(new URLSearchParams(body))),
    };
    this.calls.push({ path, parameters });
    if (this.fault) this.fault(response);
    else {
      response.setHeader('content-type', 'application/json');
      response.end(this.answer(`${request.method} ${path}`, parameters));
    }
  }

  private answer(route: string, parameters: Fields): string {
    switch (route) {
      case 'GET /sns/jscode2session':
        return JSON.stringify(this.jscode2session(parameters));
      case 'POST /cgi-bin/stable_token':
        return JSON.stringify(
          parameters.secret === SECRET
            ? { access_token: this.accessToken, expires_in: 7_200 }
            : { errcode: 40125, errmsg: 'invalid appsecret' },
        );
      case 'POST /wxa/business/getuserphonenumber':
        return JSON.stringify(this.phoneNumber(parameters));
      case 'POST /oauth/jscode2sessionkey':
        return JSON.stringify(this.baidu(parameters));
      case 'GET /api/apps/jscode2session':
        return JSON.stringify(this.toutiao(parameters));
      case 'POST /oauth2/mp/code2session':
        return JSON.stringify(this.kuaishou(parameters));
      case 'POST /gateway.do':
        return this.alipay(parameters);
      default:
        return 'no such route';
    }
  }

  private take(code: string | undefined): Login | undefined {
    const login = this.logins.get(code ?? '');
    if (!login || login.isUsed) return undefined;
    login.isUsed = true;
    return login;
  }

  private jscode2session({ appid, secret, js_code, grant_type }: Fields): object {
    if (appid !== APP_IDS.weixin && appid !== APP_IDS.qq) {
      return { errcode: 40013, errmsg: 'invalid appid' };
    }
    if (secret !== SECRET) return { errcode: 40125, errmsg: 'invalid appsecret' };
    const login = grant_type === 'authorization_code' ? this.take(js_code) : undefined;
    if (!login) return { errcode: 40029, errmsg: 'invalid code, rid: 0' };
    const { openid, unionid, sessionKey } = login;
    return { openid, session_key: sessionKey, ...(unionid !== undefined && { unionid }) };
  }

  private phoneNumber({ access_token, code }: Fields): object {
    if (access_token !== this.accessToken) {
      return { errcode: 40001, errmsg: 'invalid credential, access_token is invalid' };
    }
    const found = this.mobiles.get(code ?? '');
    if (!found) return { errcode: 40029, errmsg: 'invalid code' };
    this.mobiles.delete(code!);
    return { errcode: 0, errmsg: 'ok', phone_info: phoneInfo(found.mobile, found.appId) };
  }

  private baidu({ code, client_id, sk }: Fields): object {
    const login = client_id === APP_IDS.baidu && sk === SECRET ? this.take(code) : undefined;
    return login
      ? { openid: login.openid, session_key: login.sessionKey }
      : { errno: 10010100, error: 'parameter is invalid', error_description: 'code is invalid' };
  }

  private toutiao({ appid, secret, code }: Fields): object {
    const login = appid === APP_IDS.toutiao && secret === SECRET ? this.take(code) : undefined;
    if (!login) return { error: 1, errcode: 40018, errmsg: 'bad code', message: 'bad code' };
    const { openid, unionid = '', sessionKey } = login;
    return { error: 0, openid, unionid, session_key: sessionKey, anonymous_openid: '' };
  }

  private kuaishou({ js_code, app_id, app_secret }: Fields): object {
    const login =
      app_id === APP_IDS.kuaishou && app_secret === SECRET ? this.take(js_code) : undefined;
    return login
      ? { result: 1, open_id: login.openid, session_key: login.sessionKey }
      : { result: 100200100, error: 'invalid_code', error_msg: 'code is invalid' };
  }

  private alipay({ sign: signature = '', ...parameters }: Fields): string {
    const text = Object.keys(parameters)
      .sort()
      .map((name) => `${name}=${parameters[name]}`)
      .join('&');
    const isSigned = verify(
      'RSA-SHA256',
      Buffer.from(text),
      createPublicKey(shop.publicKey.export({ type: 'spki', format: 'pem' })),
      Buffer.from(signature, 'base64'),
    );
    const isAsked =
      parameters.app_id === ALIPAY_ID &&
      parameters.method === 'alipay.system.oauth.token' &&
      parameters.sign_type === 'RSA2' &&
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(parameters.timestamp ?? '');
    const login = isSigned && isAsked ? this.take(parameters.code) : undefined;
    const [name, node] = login
      ? ['alipay_system_oauth_token_response', { open_id: login.openid, expires_in: '3600' }]
      : [
          'error_response',
          { code: '40002', sub_code: isSigned ? 'isv.code-invalid' : 'isv.invalid-signature' },
        ];
    return this.alipayAnswer(name, node);
  }

  /** An answer with Alipay's signature. */
  alipayAnswer(name: string, node: object, key = alipay.privateKey): string {
    const text = JSON.stringify(node);
    const signature = base64(sign('RSA-SHA256', Buffer.from(text), key));
    return `{"${name}":${text},"sign":"${signature}"}`;
  }
}

const phoneInfo = (text: string, appid: string): object => {
  const [, countryCode = '86', mobile] = /^(?:\+(\d+) )?(\d+)$/.exec(text)!;
  return {
    phoneNumber: text,
    purePhoneNumber: mobile,
    countryCode,
    watermark: { timestamp: 1_637_744_274, appid },
  };
};

/** What a mini-program gets encrypted of its platform. */
export interface Sealed {
  readonly encrypted_data: string;
  readonly iv: string;
}

/** Encrypts as WeChat, QQ and Toutiao do. */
export function seal(value: object, sessionKey: string, appid: string): Sealed {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-128-cbc', Buffer.from(sessionKey, 'base64'), iv);
  const text = JSON.stringify({ ...value, watermark: { timestamp: 1_637_744_274, appid } });
  const data = Buffer.concat([cipher.update(text), cipher.final()]);
  return { encrypted_data: base64(data), iv: base64(iv) };
}

/**
 * Encrypts as Baidu does.
 *
 * @param random the 16 bytes in front, which Baidu draws of letters and digits
 */
export function sealForBaidu(
  value: object,
  sessionKey: string,
  appKey = 'bd0',
  random: Buffer = Buffer.from(randomBytes(8).toString('hex')),
): Sealed {
  const iv = randomBytes(16);
  const text = Buffer.from(JSON.stringify(value));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  const frame = Buffer.concat([random, length, text, Buffer.from(appKey)]);
  const padding = 32 - (frame.length % 32);
  const cipher = createCipheriv('aes-192-cbc', Buffer.from(sessionKey, 'base64'), iv);
  cipher.setAutoPadding(false);
  const padded = Buffer.concat([frame, Buffer.alloc(padding, padding)]);
  const data = Buffer.concat([cipher.update(padded), cipher.final()]);
  return { encrypted_data: base64(data), iv: base64(iv) };
}

/** A mobile number as Toutiao encrypts it. */
export const sealedPhone = (mobile: string, sessionKey: string, appid = 'tt0'): Sealed =>
  seal(phoneInfo(mobile, appid), sessionKey, appid);
