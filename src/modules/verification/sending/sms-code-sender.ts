import { connect } from 'node:net';
import type Dysmsapi from '@alicloud/dysmsapi20170525';
import type { CodeMessage, CodeSender } from './code-sender.js';

interface SmsOptions {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly signName: string;
  readonly templateCode: string;
  readonly endpoint: { readonly protocol: 'http' | 'https'; readonly host: string };
  /** Milliseconds to connect, and again to be answered. */
  readonly timeoutMs: number;
}

interface LoadedClient {
  readonly client: InstanceType<(typeof Dysmsapi)['default']>;
  readonly SendSmsRequest: (typeof Dysmsapi)['SendSmsRequest'];
}

/** What the service answers in `Code` when it has taken a message over. */
const TAKEN = 'OK';

/** Sends codes with Alibaba Cloud's SMS service, by a template with the variable `code`. */
export class SmsCodeSender implements CodeSender {
  readonly channel = 'sms';
  private loaded?: Promise<LoadedClient>;

  constructor(private readonly options: SmsOptions) {}

  /** The client takes half a second to load, so the first code pays for it and not every start. */
  async prepare(): Promise<void> {
    await this.load();
  }

  /**
   * Whether the service can be reached. Its API has no call that is free of charge, needs no
   * further permission and would tell more.
   */
  check(): Promise<void> {
    const { endpoint, timeoutMs } = this.options;
    const { hostname, port } = new URL(`${endpoint.protocol}://${endpoint.host}`);
    const fallback = endpoint.protocol === 'https' ? 443 : 80;
    return new Promise((resolve, reject) => {
      const socket = connect({
        host: hostname.replace(/^\[|\]$/g, ''),
        port: port === '' ? fallback : Number(port),
      });
      socket.setTimeout(timeoutMs, () => socket.destroy(new Error('connecting took too long')));
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.destroy();
        resolve();
      });
    });
  }

  async send({ account, code }: CodeMessage): Promise<void> {
    const { signName, templateCode } = this.options;
    const { client, SendSmsRequest } = await this.load();
    const { body } = await client.sendSms(
      new SendSmsRequest({
        phoneNumbers: account,
        signName,
        templateCode,
        templateParam: JSON.stringify({ code }),
      }),
    );
    if (body?.code !== TAKEN) {
      throw Object.assign(new Error(body?.message ?? 'no answer'), { code: body?.code });
    }
  }

  private load(): Promise<LoadedClient> {
    this.loaded ??= this.create();
    return this.loaded;
  }

  private async create(): Promise<LoadedClient> {
    const [{ default: sdk }, { Config }] = await Promise.all([
      import('@alicloud/dysmsapi20170525'),
      import('@alicloud/openapi-client'),
    ]);
    const { accessKeyId, accessKeySecret, endpoint, timeoutMs } = this.options;
    const config = new Config({
      accessKeyId,
      accessKeySecret,
      endpoint: endpoint.host,
      protocol: endpoint.protocol,
      connectTimeout: timeoutMs,
      readTimeout: timeoutMs,
    });
    return { client: new sdk.default(config), SendSmsRequest: sdk.SendSmsRequest };
  }
}
