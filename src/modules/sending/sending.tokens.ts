/** The injection token of the `MailGateway`, or undefined where mail is not configured. */
export const MAIL_GATEWAY = Symbol('MAIL_GATEWAY');

/** The injection token of the `SmsGateway`, or undefined where SMS is not configured. */
export const SMS_GATEWAY = Symbol('SMS_GATEWAY');
