import type { DomainEvent } from '../../events/domain-events.js';
import type { ProfileDifference } from './user.repository.js';

/** A profile was saved. Published after the write, also where it changed no value. */
export class ProfileSavedEvent implements DomainEvent {
  static readonly eventName = 'profile.saved';
  readonly name = ProfileSavedEvent.eventName;

  constructor(
    readonly userId: string,
    readonly changes: ProfileDifference,
  ) {}
}
