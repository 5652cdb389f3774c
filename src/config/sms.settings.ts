import { Matches, ValidateBy } from 'class-validator';
import { FromEnv } from './env.js';

const LOOPBACK = String.raw`http:\/\/(127\.0\.0\.1|localhost|\[::1\])`;
const ENDPOINT = new RegExp(`^(${LOOPBACK}|[A-Za-z0-9.-]+)(:\\d{1,5})?$`);

/** The settings that only make sense together: all of them are set, or none. */
const AllOrNone = (): PropertyDecorator =>
  ValidateBy({
    name: 'allOrNone',
    validator: {
      validate: (value, context) =>
        value !== undefined || !isAnySet(context?.object as Partial<SmsSettings>),
    },
  });

const isAnySet = (settings: Partial<SmsSettings>): boolean =>
  [settings.accessKeyId, settings.accessKeySecret, settings.signName, settings.templateCode].some(
    (value) => value !== undefined,
  );

const TOGETHER = 'set together with the other ALIYUN_ settings';

/** The account of Alibaba Cloud's SMS service (阿里云短信服务) and what it sends. */
export class SmsSettings {
  @FromEnv('ALIYUN_ACCESS_KEY_ID', `an access key's id, ${TOGETHER}`)
  @AllOrNone()
  readonly accessKeyId?: string;

  @FromEnv('ALIYUN_ACCESS_KEY_SECRET', `an access key's secret, ${TOGETHER}`)
  @AllOrNone()
  readonly accessKeySecret?: string;

  /** The approved signature (短信签名) that a message begins with. */
  @FromEnv('ALIYUN_SMS_SIGN_NAME', `an approved SMS signature, ${TOGETHER}`)
  @AllOrNone()
  readonly signName?: string;

  /** The approved template (短信模板); its one variable is `${code}`. */
  @FromEnv('ALIYUN_SMS_TEMPLATE_CODE', `an approved SMS template's code, ${TOGETHER}`)
  @AllOrNone()
  readonly templateCode?: string;

  /** The approved template of security notices, with the variables `${time}` and `${event}`. */
  @FromEnv(
    'ALIYUN_SMS_NOTICE_TEMPLATE_CODE',
    "an approved SMS template's code, beside the other ALIYUN_ settings",
  )
  @ValidateBy({
    name: 'beside',
    validator: {
      validate: (value, context) =>
        value === undefined || isAnySet(context?.object as Partial<SmsSettings>),
    },
  })
  readonly noticeTemplateCode?: string;

  @FromEnv('ALIYUN_SMS_ENDPOINT', 'a host name, or http://127.0.0.1:port for tests')
  @Matches(ENDPOINT)
  private readonly endpointText: string = 'dysmsapi.aliyuncs.com';

  /** `host` may carry a port. Plain HTTP never leaves the machine. */
  get endpoint(): { protocol: 'http' | 'https'; host: string } {
    const host = this.endpointText.replace(/^http:\/\//, '');
    return { protocol: host === this.endpointText ? 'https' : 'http', host };
  }
}
