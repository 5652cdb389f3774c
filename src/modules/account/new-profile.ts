/** What a new account's profile says from the start. */
export interface NewProfile {
  readonly nickname: string;
  /** One of `Gender`. */
  readonly gender: number;
  readonly province: string;
  readonly city: string;
}
