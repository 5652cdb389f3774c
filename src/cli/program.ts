import { Command, CommanderError } from 'commander';
import { DatabaseUnavailableException } from '../database/database-errors.js';
import { translate } from '../envelope/message-catalogue.js';
import { ProtocolException } from '../envelope/protocol.exception.js';
import { explain } from '../start.js';
import { codeLimitCommands } from './code-limit.commands.js';
import { configCommands } from './config.commands.js';
import { doctorCommand } from './doctor.command.js';
import { eventCommands } from './event.commands.js';
import { CommandFailure, ExitCode } from './exit-code.js';
import { regionCommands } from './region.commands.js';
import { userCommands } from './user.commands.js';

/**
 * The operator's program, a file of commands for each group. Another one begins with such a file, and a
 * line here.
 */
export function createProgram(): Command {
  const program = new Command('cli')
    .usage('<command> [options]')
    .description('Runs a shop: accounts, limits, events, settings.')
    .exitOverride()
    .showHelpAfterError('Add --help for what it takes.')
    .addHelpText('after', '\nExample:\n  npm run --silent cli -- user find alice');
  for (const add of [
    userCommands,
    codeLimitCommands,
    eventCommands,
    regionCommands,
    configCommands,
    doctorCommand,
  ]) {
    add(program);
  }
  return program;
}

/** Runs a command line, as `process.argv` has it, and says how it ended. */
export async function runProgram(argv: readonly string[]): Promise<ExitCode> {
  try {
    await createProgram().parseAsync(argv);
    return ExitCode.done;
  } catch (error) {
    // Commander has printed its message.
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? ExitCode.done : ExitCode.usage;
    }
    process.stderr.write(`${messageOf(error)}\n`);
    return error instanceof CommandFailure ? error.exitCode : ExitCode.failed;
  }
}

function messageOf(error: unknown): string {
  if (error instanceof CommandFailure) return error.message;
  if (error instanceof ProtocolException) return translate('en', error.failure.message, error.args);
  return explain(error instanceof DatabaseUnavailableException ? error.cause : error);
}
