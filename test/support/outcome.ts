import { ProtocolException } from '../../src/protocol/protocol.exception.js';

/** The result code that work ends with: 0, or that of its failure. Any other error is thrown on. */
export async function outcome(work: Promise<void>): Promise<number> {
  try {
    await work;
    return 0;
  } catch (error) {
    if (error instanceof ProtocolException) return error.failure.code;
    throw error;
  }
}
