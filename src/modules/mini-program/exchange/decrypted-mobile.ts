import { ProtocolException } from '../../../envelope/protocol.exception.js';
import { isMobile } from '../../verification/account-format.js';
import { miniProgramFailures } from '../mini-program.messages.js';
import type { PlatformAnswer } from './platform-gateway.js';

const MAINLAND = '86';

/** Whether a platform made something for this mini-program. */
export function isFor(answer: PlatformAnswer, appId: string): boolean {
  const { watermark } = answer;
  return (
    typeof watermark === 'object' &&
    watermark !== null &&
    (watermark as { appid?: unknown }).appid === appId
  );
}

/**
 * The number in what WeChat and Toutiao say of it.
 *
 * @throws ProtocolException it is for another mini-program, or no number's, or the number is none of mainland China
 */
export function mobileOf(found: PlatformAnswer, appId: string): string {
  // A profile, which is encrypted with the same key, is no proof of a number.
  const isProfile = 'nickName' in found || 'openId' in found;
  if (isProfile || !isFor(found, appId))
    throw new ProtocolException(miniProgramFailures.undecryptable);
  const { countryCode = MAINLAND, purePhoneNumber: mobile } = found;
  if (String(countryCode) !== MAINLAND) throw foreign();
  return mainlandMobile(mobile);
}

/** @throws ProtocolException no number of mainland China */
export function mainlandMobile(mobile: unknown): string {
  if (typeof mobile !== 'string' || !isMobile(mobile)) throw foreign();
  return mobile;
}

const foreign = (): ProtocolException => new ProtocolException(miniProgramFailures.mobileForeign);
