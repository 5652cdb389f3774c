import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Answer, send, type Wire } from '../../support/wire.js';

const TRIES = 3;

/**
 * Like `send`, but asks again where the service hung up without an answer: it may close a kept
 * connection, or one whose body it will not read, in the very moment in which it is written to.
 */
export async function ask(url: string, wire: Wire): Promise<Answer> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await send(url, wire);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (tried === TRIES || (code !== 'ECONNRESET' && code !== 'EPIPE')) throw error;
      await nextTurn();
    }
  }
}
