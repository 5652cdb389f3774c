import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call as the server got it. */
export interface SmsCall {
  readonly method: string;
  readonly headers: IncomingMessage['headers'];
  readonly parameters: Record<string, string>;
  /** Whether its signature is the secret's. */
  readonly signed: boolean;
}

/** An HTTP server in the place of Alibaba Cloud's SMS service. */
export interface SmsServer {
  /** For ALIYUN_SMS_ENDPOINT. */
  readonly endpoint: string;
  readonly calls: SmsCall[];
  /** How it answers; a test may replace it. */
  answer: (response: ServerResponse) => void;
  close(): Promise<void>;
}

/** Starts a server that takes every message. */
export async function startSmsServer(secret: string): Promise<SmsServer> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url!, 'http://sms.test');
      result.calls.push({
        method: request.method!,
        headers: request.headers,
        parameters: Object.fromEntries(url.searchParams),
        signed: isSigned(request, url, Buffer.concat(chunks), secret),
      });
      result.answer(response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const result: SmsServer = {
    endpoint: `http://127.0.0.1:${port}`,
    calls: [],
    answer: answerSms({ Code: 'OK', Message: 'OK', RequestId: 'R', BizId: 'B' }),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return result;
}

/** Answers a body with a status. */
export const answerSms =
  (body: object, status = 200) =>
  (response: ServerResponse): void => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };

const encode = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');

/**
 * The signature algorithm ACS3-HMAC-SHA256, from its description
 * (https://help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature).
 */
function isSigned(request: IncomingMessage, url: URL, body: Buffer, secret: string): boolean {
  const [, signedHeaders = '', signature] =
    /SignedHeaders=([^,]+),Signature=([0-9a-f]{64})$/.exec(request.headers.authorization ?? '') ??
    [];
  const names = signedHeaders.split(';');
  const required = ['host', 'x-acs-action', 'x-acs-date', 'x-acs-signature-nonce', 'x-acs-version'];
  if (!required.every((name) => names.includes(name))) return false;
  const canonical = [
    request.method,
    url.pathname,
    [...url.searchParams]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${encode(name)}=${encode(value)}`)
      .join('&'),
    ...names.toSorted().map((name) => `${name}:${String(request.headers[name]).trim()}`),
    '',
    signedHeaders,
    sha256(body),
  ].join('\n');
  const toSign = `ACS3-HMAC-SHA256\n${sha256(canonical)}`;
  return createHmac('sha256', secret).update(toSign).digest('hex') === signature;
}
