import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { IsInt, Max, Min, ValidateBy } from 'class-validator';
import { FromEnv, parseInteger } from './env.js';
import { isHttpUrl, withoutSlash } from './url.js';

/** A mini-program as its platform knows it, and where that platform answers. */
export interface MiniProgramApp {
  readonly id: string;
  readonly secret: string;
  /** Without a trailing slash. */
  readonly url: string;
}

/** A mini-program of Alipay, which signs instead of sending a secret. */
export interface AlipayApp {
  readonly id: string;
  /** Signs requests. */
  readonly privateKey: KeyObject;
  /** Alipay's own, which verifies its answers. */
  readonly publicKey: KeyObject;
  /** The gateway. */
  readonly url: string;
}

/** A variable that is set as soon as one of the others is. */
const SetWith = (...others: string[]): PropertyDecorator =>
  ValidateBy({
    name: 'setWith',
    validator: {
      validate: (value, context) =>
        value !== undefined ||
        others.every((one) => Reflect.get(context?.object ?? {}, one) === undefined),
    },
  });

const ID = /^[A-Za-z0-9_-]{1,64}$/;

/** An id as platforms give them. */
const Id = (): PropertyDecorator =>
  ValidateBy({
    name: 'id',
    validator: { validate: (value) => value === undefined || ID.test(String(value)) },
  });

const Url = (): PropertyDecorator =>
  ValidateBy({ name: 'url', validator: { validate: isHttpUrl } });

const Key = (): PropertyDecorator =>
  ValidateBy({ name: 'key', validator: { validate: (value) => value !== null } });

const URL_RULE = 'an http or https URL without user, query and fragment';
const WITH_ALIPAY = 'set together with the other ALIPAY_MINI_ settings';
const KEY_RULE = 'an RSA key in base64 on one line, without its first and last line';

/** Reads a key of one of two types; null, which no rule accepts, where it is of neither. */
const parseKey =
  <Type extends string>(
    types: readonly Type[],
    read: (key: { key: Buffer; format: 'der'; type: Type }) => KeyObject,
  ) =>
  (text: string): KeyObject | null => {
    const key = Buffer.from(text, 'base64');
    for (const type of types) {
      try {
        const found = read({ key, format: 'der', type });
        if (found.asymmetricKeyType === 'rsa') return found;
      } catch {
        // It may be of the other type.
      }
    }
    return null;
  };

const parsePrivateKey = parseKey(['pkcs8', 'pkcs1'] as const, createPrivateKey);
const parsePublicKey = parseKey(['spki', 'pkcs1'] as const, createPublicKey);

const app = (id?: string, secret?: string, url = ''): MiniProgramApp | undefined =>
  id === undefined || secret === undefined ? undefined : { id, secret, url };

/** The mini-programs whose users may sign in. A platform without its settings is closed. */
export class MiniProgramSettings {
  @FromEnv(
    'WEIXIN_MINI_APPID',
    "a mini-program's id of 1 to 64 letters, digits, _ or -, set together with WEIXIN_MINI_SECRET",
  )
  @Id()
  @SetWith('weixinSecret')
  private readonly weixinId?: string;

  @FromEnv('WEIXIN_MINI_SECRET', 'set together with WEIXIN_MINI_APPID')
  @SetWith('weixinId')
  private readonly weixinSecret?: string;

  @FromEnv('WEIXIN_MINI_URL', URL_RULE, withoutSlash)
  @Url()
  private readonly weixinUrl: string = 'https://api.weixin.qq.com';

  @FromEnv(
    'QQ_MINI_APPID',
    "a mini-program's id of 1 to 64 letters, digits, _ or -, set together with QQ_MINI_SECRET",
  )
  @Id()
  @SetWith('qqSecret')
  private readonly qqId?: string;

  @FromEnv('QQ_MINI_SECRET', 'set together with QQ_MINI_APPID')
  @SetWith('qqId')
  private readonly qqSecret?: string;

  @FromEnv('QQ_MINI_URL', URL_RULE, withoutSlash)
  @Url()
  private readonly qqUrl: string = 'https://api.q.qq.com';

  @FromEnv(
    'BAIDU_MINI_APPKEY',
    "a mini-program's key of 1 to 64 letters, digits, _ or -, set together with BAIDU_MINI_SECRET",
  )
  @Id()
  @SetWith('baiduSecret')
  private readonly baiduId?: string;

  @FromEnv('BAIDU_MINI_SECRET', 'set together with BAIDU_MINI_APPKEY')
  @SetWith('baiduId')
  private readonly baiduSecret?: string;

  @FromEnv('BAIDU_MINI_URL', URL_RULE, withoutSlash)
  @Url()
  private readonly baiduUrl: string = 'https://spapi.baidu.com';

  @FromEnv(
    'TOUTIAO_MINI_APPID',
    "a mini-program's id of 1 to 64 letters, digits, _ or -, set together with TOUTIAO_MINI_SECRET",
  )
  @Id()
  @SetWith('toutiaoSecret')
  private readonly toutiaoId?: string;

  @FromEnv('TOUTIAO_MINI_SECRET', 'set together with TOUTIAO_MINI_APPID')
  @SetWith('toutiaoId')
  private readonly toutiaoSecret?: string;

  @FromEnv('TOUTIAO_MINI_URL', URL_RULE, withoutSlash)
  @Url()
  private readonly toutiaoUrl: string = 'https://developer.toutiao.com';

  @FromEnv(
    'KUAISHOU_MINI_APPID',
    "a mini-program's id of 1 to 64 letters, digits, _ or -, set together with KUAISHOU_MINI_SECRET",
  )
  @Id()
  @SetWith('kuaishouSecret')
  private readonly kuaishouId?: string;

  @FromEnv('KUAISHOU_MINI_SECRET', 'set together with KUAISHOU_MINI_APPID')
  @SetWith('kuaishouId')
  private readonly kuaishouSecret?: string;

  @FromEnv('KUAISHOU_MINI_URL', URL_RULE, withoutSlash)
  @Url()
  private readonly kuaishouUrl: string = 'https://open.kuaishou.com';

  @FromEnv(
    'ALIPAY_MINI_APPID',
    "a mini-program's id of 1 to 64 letters, digits, _ or -, set together with the two ALIPAY_MINI_ keys",
  )
  @Id()
  @SetWith('alipayPrivateKey', 'alipayPublicKey')
  private readonly alipayId?: string;

  @FromEnv(
    'ALIPAY_MINI_PRIVATE_KEY',
    `${KEY_RULE}; the mini-program's own, ${WITH_ALIPAY}`,
    parsePrivateKey,
  )
  @Key()
  @SetWith('alipayId', 'alipayPublicKey')
  private readonly alipayPrivateKey?: KeyObject | null;

  @FromEnv('ALIPAY_MINI_PUBLIC_KEY', `${KEY_RULE}; Alipay's, ${WITH_ALIPAY}`, parsePublicKey)
  @Key()
  @SetWith('alipayId', 'alipayPrivateKey')
  private readonly alipayPublicKey?: KeyObject | null;

  @FromEnv('ALIPAY_MINI_URL', URL_RULE)
  @Url()
  private readonly alipayUrl: string = 'https://openapi.alipay.com/gateway.do';

  /** Milliseconds for a platform to answer one call. */
  @FromEnv('MINI_PROGRAM_TIMEOUT_MS', 'milliseconds from 100 to 5000', parseInteger)
  @IsInt()
  @Min(100)
  @Max(5_000)
  readonly timeoutMs: number = 3_000;

  get weixin(): MiniProgramApp | undefined {
    return app(this.weixinId, this.weixinSecret, this.weixinUrl);
  }

  get qq(): MiniProgramApp | undefined {
    return app(this.qqId, this.qqSecret, this.qqUrl);
  }

  get baidu(): MiniProgramApp | undefined {
    return app(this.baiduId, this.baiduSecret, this.baiduUrl);
  }

  get toutiao(): MiniProgramApp | undefined {
    return app(this.toutiaoId, this.toutiaoSecret, this.toutiaoUrl);
  }

  get kuaishou(): MiniProgramApp | undefined {
    return app(this.kuaishouId, this.kuaishouSecret, this.kuaishouUrl);
  }

  get alipay(): AlipayApp | undefined {
    const { alipayId: id, alipayPrivateKey: privateKey, alipayPublicKey: publicKey } = this;
    if (id === undefined || !privateKey || !publicKey) return undefined;
    return { id, privateKey, publicKey, url: this.alipayUrl };
  }
}
