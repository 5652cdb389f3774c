import type { IncomingHttpHeaders } from 'node:http';

/** As much of an answer as is judged. */
export interface Judged {
  readonly status: number;
  readonly headers: IncomingHttpHeaders | Readonly<Record<string, string>>;
  readonly text: string;
}

/** Words of the inside: SQL and its server, paths, stacks. */
const INSIDE = /SQLSTATE|syntax error|sxo_|node_modules|\.(ts|js):\d|\n\s+at |ECONN|pg_|stack/i;

/**
 * What an answer has that none may have.
 *
 * @returns a sentence, or undefined where it is an envelope that tells nothing of the inside
 */
export function flawOf({ status, headers, text }: Judged): string | undefined {
  if (status >= 500) return `status ${status}`;
  if (headers['content-type'] !== 'application/json; charset=utf-8') {
    return `type ${String(headers['content-type'])}`;
  }
  if (headers['cache-control'] !== 'no-store') return 'it may be cached';
  return flawOfText(text);
}

function flawOfText(text: string): string | undefined {
  let parsed: { msg?: unknown; code?: unknown; data?: unknown };
  try {
    parsed = JSON.parse(text) as typeof parsed;
  } catch {
    return 'no JSON';
  }
  const { msg, code, data } = parsed;
  if (JSON.stringify({ msg, code, data }) !== text) return 'other members than msg, code, data';
  if (typeof msg !== 'string' || msg === '') return 'no message';
  if (!Number.isInteger(code)) return 'no code';
  if (code !== 0 && JSON.stringify(data) !== '[]') return 'a failure with data';
  if (code !== 0 && INSIDE.test(msg)) return 'the inside shows';
  return undefined;
}

/** Expects an envelope of no server error, and gives its code. */
export function expectEnvelope(answer: Judged): number {
  expect({ answer, flaw: flawOf(answer) }).toEqual({ answer, flaw: undefined });
  return (JSON.parse(answer.text) as { code: number }).code;
}
