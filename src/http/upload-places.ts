import { tooManyRequests, unavailable } from '../envelope/protocol.failures.js';

/** Seconds after which a caller who has too many files here may try again. */
const OWN_PLACE_SECONDS = 5;

/** A file that is held in memory. */
export interface HeldFile {
  /** Whose it is, where the token was good. */
  readonly userId?: string;
  /** The address group that it comes from. */
  readonly address: string;
  /** Refuses the request, whose file has not come whole. */
  readonly giveUp: () => void;
}

/** How many files are held at a time. */
export interface PlaceLimits {
  readonly all: number;
  readonly ofAddress: number;
  readonly ofUser: number;
}

/**
 * Places for files in memory, which are never waited for. A file that is still coming holds its place only
 * as long as nobody else needs it: when all places, or those of its address, are taken, the one that has
 * been coming longest is given up for a new one. So files that are begun and never end keep nobody out
 * whose own comes at once.
 */
export class UploadPlaces {
  /** The file that began first comes first. */
  private readonly held = new Set<HeldFile>();
  private readonly coming = new Set<HeldFile>();

  constructor(private readonly limits: PlaceLimits) {}

  /** @throws ProtocolException no place left, or none for this user or address */
  take(file: HeldFile): void {
    const { all, ofAddress, ofUser } = this.limits;
    const { userId } = file;
    const isOfUser = (one: HeldFile): boolean => userId !== undefined && one.userId === userId;
    const isOfAddress = (one: HeldFile): boolean => one.address === file.address;
    if (this.count(isOfUser) >= ofUser) throw tooManyRequests(OWN_PLACE_SECONDS);
    if (this.count(isOfAddress) >= ofAddress && !this.giveUpFirst(isOfAddress)) {
      throw tooManyRequests(OWN_PLACE_SECONDS);
    }
    if (this.held.size >= all && !this.giveUpFirst(() => true)) throw unavailable();
    this.held.add(file);
    this.coming.add(file);
  }

  /** The file has come whole, and keeps its place until it is given back. */
  keep(file: HeldFile): void {
    this.coming.delete(file);
  }

  giveBack(file: HeldFile): void {
    this.held.delete(file);
    this.coming.delete(file);
  }

  private count(matches: (file: HeldFile) => boolean): number {
    return [...this.held].filter(matches).length;
  }

  /** @returns false where no such file is still coming */
  private giveUpFirst(matches: (file: HeldFile) => boolean): boolean {
    const first = [...this.coming].find(matches);
    if (!first) return false;
    this.giveBack(first);
    first.giveUp();
    return true;
  }
}
