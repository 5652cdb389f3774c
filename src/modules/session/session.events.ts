import { InProcessEvent } from '../../events/domain-event.js';
import type { SessionEnd } from '../audit/audit-action.js';

export interface SessionOpened {
  /** Who logged in. */
  readonly userId: string;
  /** The session's id, which is not its token. */
  readonly sessionId: string;
  /** The client's kind, such as `pc`. */
  readonly clientType: string;
}

/** A session was opened by a login or a registration. */
export class SessionOpenedEvent extends InProcessEvent<SessionOpened> {
  static readonly eventName = 'session.opened';
  readonly name = SessionOpenedEvent.eventName;
}

export interface SessionEnded {
  /** Whose sessions they were. */
  readonly userId: string;
  /** The ids of the sessions, one at least. */
  readonly sessionIds: readonly string[];
  /** Why, as the audit trail calls it. */
  readonly reason: SessionEnd;
}

/**
 * Sessions were ended by the user or an operator, by a new password or by the account's end. One that
 * expires, or that is removed by SQL, is not told of. A command tells only listeners in its own process.
 */
export class SessionEndedEvent extends InProcessEvent<SessionEnded> {
  static readonly eventName = 'session.ended';
  readonly name = SessionEndedEvent.eventName;
}
