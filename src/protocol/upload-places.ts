import { tooManyRequests, unavailable } from './retry-later.js';

/** Seconds after which a user who has too many files here may try again. */
const OWN_PLACE_SECONDS = 5;

/** A number of places that are taken and given back, never waited for. */
export class UploadPlaces {
  private readonly takenBy = new Map<string, number>();
  private free: number;

  /** @param each how many of them one holder may have */
  constructor(
    count: number,
    private readonly each: number,
  ) {
    this.free = count;
  }

  /** @throws ProtocolException no place left, or none for this holder */
  take(holder: string): void {
    const taken = this.takenBy.get(holder) ?? 0;
    if (this.free === 0) throw unavailable();
    if (taken === this.each) throw tooManyRequests(OWN_PLACE_SECONDS);
    this.free -= 1;
    this.takenBy.set(holder, taken + 1);
  }

  giveBack(holder: string): void {
    this.free += 1;
    const taken = this.takenBy.get(holder) ?? 0;
    if (taken > 1) this.takenBy.set(holder, taken - 1);
    else this.takenBy.delete(holder);
  }
}
