import { type Language, translate } from '../../envelope/message-catalogue.js';
import type { NewProfile } from '../account/new-profile.js';
import { Gender } from '../personal/entities/user.entity.js';
import { validText } from '../../protocol/validation/text.decorators.js';
import type { MiniProgramType } from '../platform-identity/mini-program-type.js';
import { miniProgramMessages } from './mini-program.messages.js';

const MAX_LENGTH = 60;

/**
 * Reads a profile as platforms hand it to their mini-programs; what breaks a rule is empty. The picture is not
 * fetched: its URL is the client's.
 */
export const claimedProfile = ({
  nickName,
  gender,
  province,
  city,
}: Readonly<Record<string, unknown>>): NewProfile => ({
  nickname: textOf(nickName),
  gender: genderOf(gender),
  province: textOf(province),
  city: textOf(city),
});

/** A text by the rules of personal/save, else empty. */
const textOf = (value: unknown): string => validText(value, { min: 1, max: MAX_LENGTH }) ?? '';

/** ShopXO's reading of what platforms say: 2 or `f` is female, anything else that is something male. */
export function genderOf(value: unknown): number {
  if (typeof value !== 'string' && typeof value !== 'number') return Gender.undisclosed;
  const text = String(value).toLowerCase();
  if (text === '' || text === '0') return Gender.undisclosed;
  return text === '2' || text === 'f' ? Gender.female : Gender.male;
}

/** A new account's profile: what was claimed, and the platform's name for its users where no name was. */
export function newProfile(
  { nickname = '', gender = Gender.undisclosed, province = '', city = '' }: Partial<NewProfile>,
  clientType: MiniProgramType,
  language: Language,
): NewProfile {
  const fallback = translate(language, miniProgramMessages(`nickname.${clientType}`));
  return { nickname: nickname || fallback, gender, province, city };
}
