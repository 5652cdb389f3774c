import { randomUUID } from 'node:crypto';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { DEFAULT_LANGUAGE, type Language, LANGUAGES } from '../envelope/message-catalogue.js';
import type { Origin } from '../protocol/request/origin.js';

/** What every command takes. */
export interface Common {
  readonly json?: boolean;
}

/** What a command that changes something takes. */
export interface Changing extends Common {
  /** The operator. */
  readonly by: string;
  readonly yes?: boolean;
  readonly language?: Language;
}

const OPERATOR_MAX = 60;

/** Makes a command what every one is: its answer may be JSON, and its help has an example. */
export const reading = (command: Command, example: string): Command =>
  command
    .option('--json', 'print JSON instead of text')
    .addHelpText('after', `\nExample:\n  npm run --silent cli -- ${example}`);

/** The same for one that changes something, of which the audit trail says who did it. */
export const changing = (command: Command, example: string): Command =>
  reading(command, example).requiredOption(
    '--by <operator>',
    `who gives the command, for the audit trail; 1-${OPERATOR_MAX} characters`,
    readOperator,
  );

/** The same for one that cannot be undone. */
export const irreversible = (command: Command, example: string): Command =>
  changing(command, example).option('--yes', 'do it without asking');

/** The language in which the account's owner is told. */
export const languageOption = (): Option =>
  new Option('--language <language>', "the language of the messages to the account's owner")
    .choices(LANGUAGES)
    .default(DEFAULT_LANGUAGE);

/** An account's, a session's or an event's id. */
export function readId(text: string): string {
  if (/^[1-9]\d{0,17}$/.test(text)) return text;
  throw new InvalidArgumentError('It must be an id: a number of 1-18 digits.');
}

function readOperator(text: string): string {
  const operator = text.trim();
  const length = Array.from(operator).length;
  if (length > 0 && length <= OPERATOR_MAX && !/\p{Cc}/u.test(operator)) return operator;
  throw new InvalidArgumentError(`It must be 1-${OPERATOR_MAX} characters.`);
}

/** The command as services know where a change comes from. */
export const originOf = ({ by, language = DEFAULT_LANGUAGE }: Changing): Origin => ({
  requestId: `cli-${randomUUID()}`,
  application: 'web',
  clientType: 'operator',
  systemType: 'default',
  address: 'unknown',
  language,
  operator: by,
});
