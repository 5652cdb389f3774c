/** The package ships no types; this is the part that is used here. */
declare module 'fs-native-extensions' {
  /** Takes an exclusive advisory lock on an open file; false when another open file holds it. */
  export function tryLock(fd: number): boolean;
}
