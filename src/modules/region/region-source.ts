/** A division of the country, with its parts in the official order. */
export interface Division {
  /** Unique in the data, and the same from one version of it to the next. */
  readonly code: string;
  readonly name: string;
  readonly children?: readonly Division[];
}

/** Where the regions come from. */
export interface RegionSource {
  /** Changes whenever {@link read} would give something else; cheap to ask for. */
  readonly fingerprint: string;

  /** The provinces, each with its cities, each with its counties. */
  read(): Promise<readonly Division[]>;
}

/** The injection token of the source. */
export const REGION_SOURCE = Symbol('REGION_SOURCE');
