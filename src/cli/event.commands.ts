import type { INestApplicationContext } from '@nestjs/common';
import { Argument, type Command } from 'commander';
import { Transactions } from '../database/transactions.js';
import { OutboxRepository } from '../events/outbox.repository.js';
import type { OperatorAction } from '../modules/audit/audit-action.js';
import { AuditService } from '../modules/audit/audit.service.js';
import type { Origin } from '../protocol/request/origin.js';
import { CommandFailure, ExitCode, notFound } from './exit-code.js';
import {
  changing,
  type Changing,
  type Common,
  irreversible,
  originOf,
  readId,
  reading,
} from './options.js';
import { confirm, print, table } from './output.js';
import { withServices } from './services.js';

/** Events that a list shows. */
const LISTED_MOST = 100;

/** Events of one transaction. */
const BATCH_LENGTH = 500;

interface Chosen extends Changing {
  readonly all?: boolean;
}

/** What the outbox does to events that were given up. */
type Change = 'retryGivenUp' | 'dropGivenUp';

const chosenIds = (): Argument =>
  new Argument('[ids...]', 'as events failed lists them')
    .argParser((id: string, before: string[]) => [...before, readId(id)])
    .default([], 'none');

/** Durable events that were given up, see docs/events.md. */
export function eventCommands(program: Command): void {
  const events = program.command('events').description('events whose delivery was given up');

  reading(events.command('failed'), 'events failed')
    .description('list them, those of the longest ago first')
    .option('--full', 'with what they tell, which may be personal data')
    .action(async ({ json, full }: Common & { readonly full?: boolean }) => {
      const found = await withServices((services) =>
        services.get(OutboxRepository).findGivenUp(LISTED_MOST + 1),
      );
      const failed = found.slice(0, LISTED_MOST).map((one) => ({
        id: one.id,
        event: one.event,
        listener: one.listener,
        tries: one.tries,
        published: one.add_time.toISOString(),
        failed: one.failed_time?.toISOString() ?? '',
        ...(full && { payload: JSON.stringify(one.payload) }),
      }));
      const columns = ['id', 'event', 'listener', 'tries', 'published', 'failed'];
      const more = found.length > LISTED_MOST;
      print(json, { failed, more }, [
        ...table(failed, full ? [...columns, 'payload'] : columns),
        ...(more ? [`There are more than ${LISTED_MOST}.`] : []),
      ]);
    });

  changing(events.command('retry').addArgument(chosenIds()), 'events retry --all --by kim')
    .description('have them delivered again by the running service, with all their tries')
    .option('--all', 'every one')
    .action(async (ids: string[], options: Chosen) => {
      const chosen = chosenOf(ids, options);
      const changed = await change('retryGivenUp', 'event.retried', chosen, options);
      print(options.json, { retried: changed }, [`${changed.length} are to be delivered again.`]);
    });

  irreversible(events.command('drop').addArgument(chosenIds()), 'events drop 17 --by kim')
    .description('remove them: what they tell is never heard')
    .option('--all', 'every one')
    .action(async (ids: string[], options: Chosen) => {
      const chosen = chosenOf(ids, options);
      await confirm(`Drop ${chosen ? chosen.join(', ') : 'every failed event'}?`, options.yes);
      const changed = await change('dropGivenUp', 'event.dropped', chosen, options);
      print(options.json, { dropped: changed }, [`${changed.length} were dropped.`]);
    });
}

/** @returns undefined for every event */
function chosenOf(ids: readonly string[], { all }: Chosen): string[] | undefined {
  const isAll = all === true;
  if (isAll === ids.length > 0) {
    throw new CommandFailure(ExitCode.usage, 'Give the ids of events, or --all.');
  }
  return isAll ? undefined : [...ids];
}

/** Does it in pieces, each with its row of the trail in one transaction. */
function change(
  how: Change,
  action: OperatorAction,
  chosen: readonly string[] | undefined,
  options: Changing,
): Promise<string[]> {
  const origin = originOf(options);
  return withServices(async (services) => {
    const outbox = services.get(OutboxRepository);
    const changeSome = () => outbox[how](chosen, BATCH_LENGTH);
    const changed: string[] = [];
    let last: string[];
    do {
      last = await recorded(services, action, changeSome, origin);
      changed.push(...last);
    } while (last.length === BATCH_LENGTH);
    if (chosen && changed.length === 0) throw notFound('such event that was given up');
    return changed;
  });
}

function recorded(
  services: INestApplicationContext,
  action: OperatorAction,
  work: () => Promise<string[]>,
  origin: Origin,
): Promise<string[]> {
  return services.get<Transactions>(Transactions).transaction(async () => {
    const ids = await work();
    const changes = { events: { old: ids, new: [] } };
    if (ids.length > 0) await services.get(AuditService).record(action, null, changes, origin);
    return ids;
  });
}
