import { hash } from '@node-rs/argon2';

/** Hashing as cheap as the settings allow; what it costs is no test's business. */
export const CHEAP_HASHING = { ARGON2_MEMORY_KIB: '8192', ARGON2_PASSES: '1' };

/** The right password of the accounts that a test makes. */
export const PASSWORD = 'correct horse';

/** That password as an account's row keeps it under {@link CHEAP_HASHING}. */
export const storedPassword = (): Promise<string> =>
  hash(PASSWORD, { memoryCost: 8_192, timeCost: 1, parallelism: 1 });
