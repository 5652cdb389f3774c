import type { Command } from 'commander';
import { OperatorPasswordService } from '../modules/account/operator/operator-password.service.js';
import {
  FOUND_MOST,
  masked,
  OperatorService,
  type Outcome,
  type StatusCommand,
} from '../modules/account/operator/operator.service.js';
import { CommandFailure, ExitCode, notFound } from './exit-code.js';
import {
  changing,
  type Changing,
  type Common,
  irreversible,
  languageOption,
  originOf,
  readId,
  reading,
} from './options.js';
import { confirm, fields, isOnTerminal, print, table } from './output.js';
import { requireRedis, withServices } from './services.js';

interface Shown extends Common {
  readonly full?: boolean;
}

const FOUND_COLUMNS = ['id', 'state', 'username', 'nickname', 'mobile', 'email'];

const STATUS_HELP: Readonly<Record<StatusCommand, readonly [help: string, done: string]>> = {
  ban: ['keep an account from signing in, and end its sessions', 'is banned'],
  unban: ['lift a ban', 'may sign in again'],
  mute: ["set ShopXO's mute, which forbids nothing here", 'is muted'],
  unmute: ['lift a mute', 'is muted no more'],
};

const account = (id: string): string => `account ${id} that has not ended`;

/** Accounts: who they are, and what operators do to them. */
export function userCommands(program: Command): void {
  const user = program.command('user').description('accounts, their sessions and passwords');
  addReading(user);
  for (const command of Object.keys(STATUS_HELP) as StatusCommand[]) addStatus(user, command);
  addUnlock(user);
  addPasswordReset(user);
  addSessions(user);
  addClose(user);
}

function addReading(user: Command): void {
  reading(user.command('find <text>'), 'user find alice')
    .description('find by id, member code, mobile number, or how a user name or address begins')
    .option('--full', 'show whole mobile numbers and email addresses')
    .action(async (text: string, { full = false, json }: Shown) => {
      const accounts = await withServices((services) =>
        services.get(OperatorService).find(text, { full }),
      );
      if (accounts.length === 0) throw notFound(`account that ${JSON.stringify(text)} is of`);
      const found = accounts.slice(0, FOUND_MOST);
      const more = accounts.length > FOUND_MOST;
      print(json, { found, more }, [
        ...table(
          found.map((one) => ({ ...one })),
          FOUND_COLUMNS,
        ),
        ...(more ? [`There are more than ${FOUND_MOST}: give more of the name.`] : []),
      ]);
    });

  reading(user.command('show').argument('<id>', '', readId), 'user show 469')
    .description('show an account, what counts against it, and how many sessions it has')
    .option('--full', 'show the whole mobile number and email address')
    .action(async (id: string, { full = false, json }: Shown) => {
      const found = await withServices((services) =>
        services.get(OperatorService).show(id, { full }),
      );
      if (!found) throw notFound(`account ${id}`);
      print(json, found, fields({ ...found }));
    });
}

function addStatus(user: Command, command: StatusCommand): void {
  const [help, done] = STATUS_HELP[command];
  changing(user.command(command).argument('<id>', '', readId), `user ${command} 469 --by kim`)
    .description(help)
    .action(async (id: string, options: Changing) => {
      const outcome = await withServices((services) =>
        services.get(OperatorService).setStatus(id, command, originOf(options)),
      );
      tell(options, id, outcome, {
        done: `Account ${id} ${done}.`,
        unchanged: `Nothing was changed: the status of account ${id} is none that ${command} is for.`,
      });
    });
}

function addUnlock(user: Command): void {
  changing(user.command('unlock').argument('<id>', '', readId), 'user unlock 469 --by kim')
    .description('forget the wrong passwords that keep an account from signing in')
    .action(async (id: string, options: Changing) => {
      const outcome = await withServices((services) => {
        requireRedis(services);
        return services.get(OperatorService).unlock(id, originOf(options));
      });
      tell(options, id, outcome, { done: `The wrong passwords of account ${id} are forgotten.` });
    });
}

function addPasswordReset(user: Command): void {
  const example = 'user password-reset 469 --by kim';
  irreversible(user.command('password-reset').argument('<id>', '', readId), example)
    .description(
      'send a code for a new password; where no open channel reaches the account, end its sessions and ' +
        'show, on a terminal only, a password for one login within 24 hours',
    )
    .addOption(languageOption())
    .action((id: string, options: Changing) =>
      withServices(async (services) => {
        const passwords = services.get(OperatorPasswordService);
        const contact = await passwords.contactOf(id);
        if (contact === undefined) throw notFound(account(id));
        if (contact) {
          await passwords.sendCode(id, contact, originOf(options));
          const sent = masked(contact);
          print(options.json, { outcome: 'code sent', to: sent }, [
            `A code for a new password was sent to ${sent}.`,
          ]);
          return;
        }
        if (options.json || !isOnTerminal()) {
          throw new CommandFailure(
            ExitCode.usage,
            `No open channel reaches account ${id}, and a password is shown on a terminal only.`,
          );
        }
        await confirm(`Replace the password of account ${id}, and end its sessions?`, options.yes);
        const set = await passwords.setOneTime(id, originOf(options));
        if (!set) throw notFound(account(id));
        print(false, {}, [
          `The password of account ${id} for one login until ${set.until.toISOString()}:`,
          set.password,
        ]);
      }),
    );
}

function addSessions(user: Command): void {
  reading(user.command('sessions').argument('<id>', '', readId), 'user sessions 469')
    .description("list an account's sessions, the one used last first")
    .action(async (id: string, { json }: Common) => {
      const found = await withServices((services) =>
        services.get(OperatorService).listSessions(id),
      );
      if (!found) throw notFound(account(id));
      const sessions = found.map((session) => ({
        id: session.id,
        client: session.application_client_type,
        opened: session.add_time.toISOString(),
        used: session.last_time.toISOString(),
      }));
      print(json, { sessions }, table(sessions, ['id', 'client', 'opened', 'used']));
    });

  irreversible(user.command('sign-out').argument('<id>', '', readId), 'user sign-out 469 --by kim')
    .description("end an account's sessions")
    .option('--session <id>', 'end this one only', readId)
    .action(async (id: string, options: Changing & { readonly session?: string }) => {
      const { session } = options;
      const which = session === undefined ? 'every session' : `session ${session}`;
      await confirm(`End ${which} of account ${id}?`, options.yes);
      const outcome = await withServices((services) =>
        services.get(OperatorService).signOut(id, session, originOf(options)),
      );
      if (session !== undefined && outcome === 'not found') {
        throw notFound(`session ${session} of account ${id}`);
      }
      tell(options, id, outcome, {
        done: `Account ${id} has been signed out of ${which}.`,
        unchanged: `Account ${id} has no session.`,
      });
    });
}

function addClose(user: Command): void {
  irreversible(user.command('close').argument('<id>', '', readId), 'user close 469 --by kim')
    .description('end an account for ever, and remove what names or describes its owner')
    .addOption(languageOption())
    .action(async (id: string, options: Changing) => {
      await confirm(`Close account ${id} for ever?`, options.yes);
      const outcome = await withServices((services) =>
        services.get(OperatorService).close(id, originOf(options)),
      );
      tell(options, id, outcome, { done: `Account ${id} is closed.` });
    });
}

/** Tells what became of a change. */
function tell(
  { json }: Common,
  id: string,
  outcome: Outcome,
  lines: { readonly done: string; readonly unchanged?: string },
): void {
  if (outcome === 'not found') throw notFound(account(id));
  print(json, { outcome }, [(outcome === 'unchanged' ? lines.unchanged : undefined) ?? lines.done]);
}
