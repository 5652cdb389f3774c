import type { DomainEvent } from '../../events/domain-events.js';
import type { EditableProfile } from './user.repository.js';

interface Change<Value> {
  readonly old: Value;
  readonly new: Value;
}

/** The columns whose value a save changed. */
export type ProfileDifference = {
  readonly [Column in keyof EditableProfile]?: Change<EditableProfile[Column]>;
};

/** A profile was saved. Published after the write, also where it changed no value. */
export class ProfileSavedEvent implements DomainEvent {
  static readonly eventName = 'profile.saved';
  readonly name = ProfileSavedEvent.eventName;

  constructor(
    readonly userId: string,
    readonly changes: ProfileDifference,
  ) {}
}

/** What differs between two states of a profile's editable columns. */
export function differenceOf(before: EditableProfile, after: EditableProfile): ProfileDifference {
  const columns = Object.keys(before) as (keyof EditableProfile)[];
  return Object.fromEntries(
    columns
      .filter((column) => before[column] !== after[column])
      .map((column) => [column, { old: before[column], new: after[column] }]),
  );
}
