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

/**
 * An email address of at most 254 characters, ASCII only: lower-casing it then means the same here
 * and in the database, and no look-alike letter makes a second account.
 */
export const isEmail = (text: string): boolean =>
  text.length <= EMAIL_MAX && ASCII.test(text) && isEmailAddress(text);

/** The form in which an account is stored and compared: an email address in lower case. */
export const normaliseAccount = (account: string): string => account.toLowerCase();
