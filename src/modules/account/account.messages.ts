import { defineMessages } from '../../envelope/message-catalogue.js';
import { ResultCode, defineFailures } from '../../envelope/protocol.exception.js';
import cht from './locales/cht.json' with { type: 'json' };
import en from './locales/en.json' with { type: 'json' };
import spa from './locales/spa.json' with { type: 'json' };
import zh from './locales/zh.json' with { type: 'json' };

/** The texts of registration, login and the account's safety. */
export const accountMessages = defineMessages('account', { zh, en, cht, spa });

const message = accountMessages;
const { invalidParameter, accountFormat, accountTaken, wrongPassword, accountStatus } = ResultCode;

/** The ways in which registration, login and the account's safety fail. */
export const accountFailures = defineFailures({
  /** Args: `offered`. */
  typeNotOffered: { code: invalidParameter, message: message('typeNotOffered') },
  /** Args: `type`. */
  channelClosed: { code: invalidParameter, message: message('channelClosed') },
  /** These three's args: `field`. */
  mobileFormat: { code: accountFormat, message: message('mobileFormat') },
  emailFormat: { code: accountFormat, message: message('emailFormat') },
  contactFormat: { code: accountFormat, message: message('contactFormat') },
  /** These two's args: `field`. */
  mobileTaken: { code: accountTaken, message: message('mobileTaken') },
  emailTaken: { code: accountTaken, message: message('emailTaken') },
  otherMobileBound: { code: accountTaken, message: message('otherMobileBound') },
  usernameFormat: { code: accountFormat, message: message('usernameFormat') },
  /** At registration. Args: `label`, `field`, `min`, `max`. */
  passwordFormat: { code: accountFormat, message: message('passwordFormat') },
  /** At a change. Args: `label`, `field`, `min`, `max`. */
  newPasswordFormat: { code: invalidParameter, message: message('passwordFormat') },
  /** At registration; these two, as the next, with args `label`, `field`. */
  passwordCommon: { code: accountFormat, message: message('passwordCommon') },
  passwordIsName: { code: accountFormat, message: message('passwordIsName') },
  /** At a change. */
  newPasswordCommon: { code: invalidParameter, message: message('passwordCommon') },
  newPasswordIsName: { code: invalidParameter, message: message('passwordIsName') },
  passwordUnconfirmed: { code: invalidParameter, message: message('passwordUnconfirmed') },
  usernameTaken: { code: accountTaken, message: message('usernameTaken') },
  /** An unknown account and a wrong password alike. */
  wrongCredentials: {
    code: wrongPassword,
    message: message('wrongCredentials'),
    securityEvent: 'login_failed',
  },
  /** Of who is logged in. Args: `label`, `field`. */
  wrongPassword: {
    code: wrongPassword,
    message: message('wrongPassword'),
    securityEvent: 'password_wrong',
  },
  /** These three's args: `minutes`; the second's also `label`, `field`. */
  closeAfterSignIn: { code: invalidParameter, message: message('closeAfterSignIn') },
  signInOrPassword: { code: invalidParameter, message: message('signInOrPassword') },
  signInAgain: { code: invalidParameter, message: message('signInAgain') },
  banned: { code: accountStatus, message: message('banned') },
  pending: { code: accountStatus, message: message('pending') },
  noNumberCode: { code: ResultCode.failed, message: message('noNumberCode') },
  tokenUnknown: { code: invalidParameter, message: message('tokenUnknown') },
  sessionUnknown: { code: invalidParameter, message: message('sessionUnknown') },
});
