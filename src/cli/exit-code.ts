/** How a command ends; docs/cli.md has the table. */
export const ExitCode = {
  /** It was done, or there was nothing to do. */
  done: 0,
  /** It could not be done, or a check found something wrong; the reason is on standard error. */
  failed: 1,
  /** The command line is wrong, or a confirmation is missing: nothing was done. */
  usage: 2,
  /** There is no such account, session or event. */
  notFound: 3,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** A command's end that its operator is told of by one message. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';

  constructor(
    readonly exitCode: ExitCode,
    message: string,
  ) {
    super(message);
  }
}

export const notFound = (what: string): CommandFailure =>
  new CommandFailure(ExitCode.notFound, `There is no ${what}.`);
