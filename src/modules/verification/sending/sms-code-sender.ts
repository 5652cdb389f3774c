import type { SmsGateway } from '../../sending/sms-gateway.js';
import type { CodeMessage, CodeSender } from './code-sender.js';

/** Sends codes by SMS, by a template with the variable `code`. */
export class SmsCodeSender implements CodeSender {
  readonly channel = 'sms';

  constructor(
    private readonly gateway: SmsGateway,
    private readonly templateCode: string,
  ) {}

  prepare(): Promise<void> {
    return this.gateway.prepare();
  }

  check(): Promise<void> {
    return this.gateway.check();
  }

  send({ account, code }: CodeMessage): Promise<void> {
    const { templateCode } = this;
    return this.gateway.send({ to: account, templateCode, parameters: { code } });
  }
}
