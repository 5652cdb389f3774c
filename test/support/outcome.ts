import { ProtocolException } from '../../src/envelope/protocol.exception.js';

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

/** The result codes of several answers. */
export const codesOf = async (
  answers: PromiseLike<{ body: { code: number } }>[],
): Promise<number[]> => (await Promise.all(answers)).map(({ body }) => body.code);

/** How often a code is among them. */
export const count = (codes: number[], code: number): number =>
  codes.filter((one) => one === code).length;
