import { defineMessages } from '../../envelope/message-catalogue.js';
import { defineFailures, ResultCode } from '../../envelope/protocol.exception.js';
import cht from './locales/cht.json' with { type: 'json' };
import en from './locales/en.json' with { type: 'json' };
import spa from './locales/spa.json' with { type: 'json' };
import zh from './locales/zh.json' with { type: 'json' };

/** The texts of platform identities. */
export const platformIdentityMessages = defineMessages('platformIdentity', { zh, en, cht, spa });

const message = platformIdentityMessages;

/** The ways in which linking a platform identity fails. */
export const platformIdentityFailures = defineFailures({
  /** No ticket, or one that has expired or been spent; an openid, which proves nothing. Args: `field`. */
  ticketDead: {
    code: ResultCode.invalidParameter,
    message: message('ticketDead'),
    securityEvent: 'login_failed',
  },
  identityTaken: { code: ResultCode.accountTaken, message: message('identityTaken') },
});
