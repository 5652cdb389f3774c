/** What every answer is, with its keys in this order. `data` of a failure is `[]`. */
export interface Envelope<Data = unknown> {
  readonly msg: string;
  readonly code: number;
  readonly data: Data;
}

export const envelope = <Data>(msg: string, code: number, data: Data): Envelope<Data> => ({
  msg,
  code,
  data,
});
