import { connect } from 'node:net';
import type Dysmsapi from '@alicloud/dysmsapi20170525';

interface SmsOptions {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly signName: string;
  readonly endpoint: { readonly protocol: 'http' | 'https'; readonly host: string };
  /** Milliseconds to connect, and again to be answered. */
  readonly timeoutMs: number;
}

/** A message by an approved template. */
export interface Sms {
  readonly to: string;
  readonly templateCode: string;
  /** The values of the template's variables. */
  readonly parameters: Readonly<Record<string, string>>;
}

interface LoadedClient {
  readonly client: InstanceType<(typeof Dysmsapi)['default']>;
  readonly SendSmsRequest: (typeof Dysmsapi)['SendSmsRequest'];
}

/** What the service answers in `Code` when it has taken a message over. */
const TAKEN = 'OK';

/**
 * Hands messages over to Alibaba Cloud's SMS service. Errors may quote the message: they are never
 * logged as they are.
 */
export class SmsGateway {
  private loaded?: Promise<LoadedClient>;

  constructor(private readonly options: SmsOptions) {}

  /** The client takes half a second to load, so the first message pays for it and not every start. */
  async prepare(): Promise<void> {
    await this.load();
  }

  /**
   * Whether the service can be reached. Its API has no call that is free of charge, needs no
   * further permission and would tell more.
   *
   * @throws where it cannot
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

  /** @throws where the service did not take the message over; `code` is its own reason */
  async send({ to, templateCode, parameters }: Sms): Promise<void> {
    const { client, SendSmsRequest } = await this.load();
    const { body } = await client.sendSms(
      new SendSmsRequest({
        phoneNumbers: to,
        signName: this.options.signName,
        templateCode,
        templateParam: JSON.stringify(parameters),
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
