import { ServiceUnavailableException } from '@nestjs/common';
import { Circuit } from './circuit.js';

/** The most that a platform may answer; its real answers have less than 2 kB. */
const ANSWER_MAX_BYTES = 64 * 1_024;

/** What errors are called, by the library or the system; nothing else of them is told. */
const REASON = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

/** A JSON object that a platform answered. */
export type PlatformAnswer = Readonly<Record<string, unknown>>;

/** A platform did not answer in time, or answered nothing that can be read. */
export class PlatformUnavailableException extends ServiceUnavailableException {
  override readonly name = 'PlatformUnavailableException';

  /** @param reason what is logged; holds nothing of the call, whose URL may have a secret in it */
  constructor(platform: string, reason: string) {
    super('A platform does not answer', { cause: new Error(`${platform}: ${reason}`) });
  }
}

/** A call: its fields go into the URL, or into a body of the type that is named. */
export interface PlatformCall {
  readonly url: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
  readonly json?: Readonly<Record<string, unknown>>;
}

/**
 * Calls one platform, each time once: a login code is used up by a call that was not answered, too.
 * A call is ended after the time limit, and no further ones are made for a while after several failures.
 */
export class PlatformGateway {
  private readonly circuit = new Circuit();

  constructor(
    private readonly platform: string,
    private readonly timeoutMs: number,
  ) {}

  /** @throws PlatformUnavailableException */
  async ask(call: PlatformCall): Promise<PlatformAnswer> {
    return this.read(call, (text) => JSON.parse(text) as unknown);
  }

  /**
   * @param parse reads the answer's text; what it throws makes the answer unreadable
   * @throws PlatformUnavailableException
   */
  async read(call: PlatformCall, parse: (text: string) => unknown): Promise<PlatformAnswer> {
    try {
      const text = await this.circuit.run(() => this.fetchText(call));
      // What cannot be read came in time, and may be what one caller's code was answered with.
      const answer = parse(text);
      if (typeof answer !== 'object' || answer === null) throw named('NotAnObject');
      return answer as PlatformAnswer;
    } catch (error) {
      throw this.unavailable(reasonOf(error));
    }
  }

  /** For a platform that says itself that it is busy. */
  unavailable(reason: string): PlatformUnavailableException {
    return new PlatformUnavailableException(this.platform, reason);
  }

  private async fetchText({ url, query, form, json }: PlatformCall): Promise<string> {
    const address = new URL(url);
    for (const [name, value] of Object.entries(query ?? {})) {
      address.searchParams.set(name, value);
    }
    const body = form ? new URLSearchParams(form) : json && JSON.stringify(json);
    const response = await fetch(address, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { accept: 'application/json', ...(json && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body }),
      // What it would be sent on to has the secret, too.
      redirect: 'error',
      signal: AbortSignal.timeout(this.timeoutMs),
    });
    const text = await textOf(response);
    if (response.status >= 500) throw named(`HTTP_${response.status}`);
    return text;
  }
}

async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > ANSWER_MAX_BYTES) throw named('AnswerTooLong');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const named = (name: string): Error => Object.assign(new Error(name), { name });

/** The name of an error, or the system's code of its cause. */
function reasonOf(error: unknown): string {
  const { name, cause } = error as { name?: unknown; cause?: { code?: unknown } };
  const reason = cause?.code ?? name;
  return typeof reason === 'string' && REASON.test(reason) ? reason : 'unknown';
}
