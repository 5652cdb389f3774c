import { fileURLToPath } from 'node:url';
import { DiagnosticCategory, Project } from 'ts-morph';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const IMPORTS = `
  import { DurableEvent, InProcessEvent } from '../../src/events/domain-event.js';
  import type { DomainEvents } from '../../src/events/domain-events.js';
  import { On } from '../../src/events/on.decorator.js';
  import { AccountClosedEvent, AccountRegisteredEvent }
    from '../../src/modules/account/account.events.js';
  import { SessionEndedEvent } from '../../src/modules/session/session.events.js';
  declare const events: DomainEvents;`;

let project: Project;

/** What the compiler says of code that uses events; empty where it compiles. */
function errorsOf(code: string): string[] {
  const file = project.createSourceFile(
    `${ROOT}test/events/event-types.fixture.ts`,
    IMPORTS + code,
    {
      overwrite: true,
    },
  );
  return file
    .getPreEmitDiagnostics()
    .filter((one) => one.getCategory() === DiagnosticCategory.Error)
    .map((one) => `TS${one.getCode()}`);
}

const listener = (event: string, parameter: string, result = 'void'): string => `
  export class Listener {
    @On(${event})
    hear(${parameter}): ${result} { throw new Error(); }
  }`;

beforeAll(() => {
  project = new Project({
    tsConfigFilePath: `${ROOT}tsconfig.json`,
    skipAddingFilesFromTsConfig: true,
  });
  // What takes long is to read the types of all that is imported.
  expect(errorsOf('')).toEqual([]);
}, 120_000);

it.each([
  ['a listener of the event', listener('AccountClosedEvent', 'event: AccountClosedEvent')],
  [
    'one that wants its payload only',
    listener('AccountClosedEvent', '{ payload }: AccountClosedEvent'),
  ],
  ['one that wants nothing of it', listener('AccountClosedEvent', '')],
  ['one that takes time', listener('AccountClosedEvent', '', 'Promise<void>')],
  [
    'publishing in each kind’s way',
    `events.publish(new SessionEndedEvent({ userId: '1', sessionIds: [], reason: 'session.closed' }));
     void events.publish(new AccountClosedEvent({ userId: '1' }));`,
  ],
])('compiles %s', (_, code) => {
  expect(errorsOf(code)).toEqual([]);
});

it.each([
  // These two events have the same payload: the name tells them apart.
  [
    'a listener of another event',
    listener('AccountClosedEvent', 'event: AccountRegisteredEvent'),
    'TS1241',
  ],
  ['a listener of something else', listener('AccountClosedEvent', 'userId: string'), 'TS1241'],
  [
    'one that wants more',
    listener('AccountClosedEvent', 'a: AccountClosedEvent, b: string'),
    'TS1241',
  ],
  [
    'a name instead of a class',
    listener(`'account.closed'`, 'event: AccountClosedEvent'),
    'TS2345',
  ],
  ['a payload without a field', 'new AccountClosedEvent({});', 'TS2345'],
  ['a payload of another type', 'new AccountClosedEvent({ userId: 1 });', 'TS2322'],
  ['publishing what is no event', `events.publish({ name: 'account.closed' });`, 'TS2769'],
  [
    'publishing a durable event as if it were stored at once',
    `const done: void = events.publish(new AccountClosedEvent({ userId: '1' }));`,
    'TS2322',
  ],
  [
    'waiting for an event that is in-process',
    `const stored: Promise<void> =
       events.publish(new SessionEndedEvent({ userId: '1', sessionIds: [], reason: 'session.closed' }));`,
    'TS2322',
  ],
  [
    'a durable payload that JSON does not give back',
    `export class A extends DurableEvent<{ readonly at: Date }> {
       static readonly eventName = 'a.b';
       readonly name = A.eventName;
     }`,
    'TS2344',
  ],
  [
    'a class whose two names differ',
    `class A extends InProcessEvent<{ readonly userId: string }> {
       static readonly eventName = 'a.b';
       readonly name = 'b.a' as const;
     }
     ${listener('A', '')}`,
    'TS2345',
  ],
])('does not compile %s', (_, code, error) => {
  expect(errorsOf(code)).toContain(error);
});
