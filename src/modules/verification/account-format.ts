import { isEmail as isEmailAddress } from 'class-validator';

const MOBILE = /^1[3-9]\d{9}$/;

/** Wider than `MOBILE`: a range that is opened later must not be full of user names by then. */
const LOOKS_LIKE_MOBILE = /^1\d{10}$/;

const EMAIL_MAX = 254;
const ASCII = /^[!-~]+$/;

/** A mobile number of mainland China. */
export const isMobile = (text: string): boolean => MOBILE.test(text);

/** Whether it could be a mobile number, now or once: login takes both, so no user name may be one. */
export const looksLikeMobile = (text: string): boolean => LOOKS_LIKE_MOBILE.test(text);

/** Begins an encoded word of a mail's header, which some mail servers decode in addresses, too. */
const ENCODED_WORD = '=?';

/**
 * An email address of at most 254 characters that every mail server reads alike: ASCII only, so that no
 * look-alike letter makes a second account, and without a quoted local part, for `"bob"@example.com`
 * is bob's, and what stands in the quotes may be read as an address of its own.
 */
export const isEmail = (text: string): boolean =>
  text.length <= EMAIL_MAX &&
  ASCII.test(text) &&
  !text.includes(ENCODED_WORD) &&
  isEmailAddress(text, { allow_utf8_local_part: false, blacklisted_chars: '"' });

/**
 * The form in which names are compared, and addresses stored: ASCII letters in lower case, and nothing
 * else changed, as the database's indexes have it. In Unicode other letters have lower cases in
 * ASCII, as the Kelvin sign has `k`.
 */
export const normaliseAccount = (account: string): string =>
  account.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
