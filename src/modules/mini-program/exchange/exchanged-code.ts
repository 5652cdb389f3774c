import { Logger } from '@nestjs/common';
import { ProtocolException } from '../../../envelope/protocol.exception.js';
import { miniProgramFailures } from '../mini-program.messages.js';
import type { ExchangedCode } from '../platform.js';
import type { PlatformAnswer, PlatformGateway } from './platform-gateway.js';

/** How a platform names what it answers. */
export interface AnswerFields {
  readonly openid: string;
  readonly unionid?: string;
  /** Where it is kept. */
  readonly sessionKey?: string;
  /** The number of an error, the first of these that is there. */
  readonly errors: readonly string[];
  /** The errors that are the platform's own and pass by. */
  readonly busy?: readonly string[];
}

const OPENID_MAX = 128;
const SESSION_KEY_MAX = 256;

/** What errors are called; nothing else of an answer is logged. */
const ERROR = /^[\w.-]{1,64}$/;

const logger = new Logger('MiniProgram');

/**
 * Reads what a platform answers for a login code.
 *
 * @throws ProtocolException the platform refuses the code
 * @throws PlatformUnavailableException it is busy
 */
export function readExchangedCode(
  platform: string,
  gateway: PlatformGateway,
  answer: PlatformAnswer,
  fields: AnswerFields,
): ExchangedCode {
  const openid = textOf(answer[fields.openid], OPENID_MAX);
  if (openid === '') throw refusal(platform, gateway, answer, fields);
  const unionid = fields.unionid === undefined ? '' : textOf(answer[fields.unionid], OPENID_MAX);
  if (fields.sessionKey === undefined) return { openid, unionid };
  return { openid, unionid, sessionKey: textOf(answer[fields.sessionKey], SESSION_KEY_MAX) };
}

/** The failure that an answer without what was asked for means. It is logged by its number. */
export function refusal(
  platform: string,
  gateway: PlatformGateway,
  answer: PlatformAnswer,
  { errors, busy = [] }: Pick<AnswerFields, 'errors' | 'busy'>,
): Error {
  const reason = errors.map((name) => errorOf(answer[name])).find((one) => one !== '') ?? 'unknown';
  if (busy.includes(reason)) return gateway.unavailable(reason);
  logger.warn({ msg: 'a platform refused a code', platform, reason });
  return new ProtocolException(miniProgramFailures.codeRefused);
}

const textOf = (value: unknown, max: number): string =>
  typeof value === 'string' && value.length <= max && !value.includes('\0') ? value : '';

const errorOf = (value: unknown): string =>
  (typeof value === 'string' || typeof value === 'number') && ERROR.test(String(value))
    ? String(value)
    : '';
