import { InProcessEvent } from '../../events/domain-event.js';
import type { ProfileDifference } from './user.repository.js';

export interface ProfileSaved {
  /** Whose profile it is. */
  readonly userId: string;
  /** The columns whose value changed, with the old and the new one. */
  readonly changes: ProfileDifference;
}

/** A profile was saved, also where that changed no value. */
export class ProfileSavedEvent extends InProcessEvent<ProfileSaved> {
  static readonly eventName = 'profile.saved';
  readonly name = ProfileSavedEvent.eventName;
}
