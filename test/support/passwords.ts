/** Hashing as cheap as the settings allow; what it costs is no test's business. */
export const CHEAP_HASHING = { ARGON2_MEMORY_KIB: '8192', ARGON2_PASSES: '1' };
