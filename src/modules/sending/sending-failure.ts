/** Services name their refusals in these two forms; anything else could be a part of a message. */
const REASON = /^[A-Za-z][A-Za-z0-9_.]{0,99}$/;

/** What an SMTP server answers for good, of a recipient or a mail. */
const isPermanent = (code: unknown): boolean =>
  typeof code === 'number' && code >= 550 && code < 560;

/** Why a message was not taken over, by names only: an error's own text may quote the message. */
export interface SendingFailure {
  readonly error?: string;
  readonly reason?: string;
  readonly smtp?: number;
}

export function describeFailure(error: unknown): SendingFailure {
  if (!(error instanceof Error)) return {};
  const { name, code, responseCode } = error as Error & { code?: unknown; responseCode?: unknown };
  return {
    error: name,
    ...(typeof code === 'string' && REASON.test(code) && { reason: code }),
    ...(typeof responseCode === 'number' && { smtp: responseCode }),
  };
}

/** True if the recipient is refused permanently; a retry would fail too. */
export function isRecipientRefused(error: unknown): boolean {
  const { reason, smtp } = describeFailure(error);
  return (reason === 'EENVELOPE' && isPermanent(smtp)) || reason === 'isv.MOBILE_NUMBER_ILLEGAL';
}
