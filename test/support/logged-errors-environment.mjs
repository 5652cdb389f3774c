// Node's environment, and with each failing test what the service has logged meanwhile: an answer of
// -500 tells a client nothing, and so neither the test that expected another one.
import { TestEnvironment } from 'jest-environment-node';

/** @param {string} line */
const quoted = (line) => `  │ ${line}`;

export default class LoggedErrorsEnvironment extends TestEnvironment {
  /** @param {{ name: string, test?: { errors: unknown[] } }} event of jest-circus */
  handleTestEvent({ name, test }) {
    if (name === 'test_start') this.global.loggedErrors = [];
    if (name !== 'test_done' || !test) return;
    const logged = this.global.loggedErrors;
    if (!Array.isArray(logged) || logged.length === 0) return;
    const lines = ['The service logged meanwhile:', ...logged.join('\n').split('\n')].map(quoted);
    for (const failure of test.errors.flat()) {
      // Another realm's errors are not of this one's Error.
      if (typeof failure !== 'object' || failure === null || !('stack' in failure)) continue;
      failure.stack = String(failure.stack).replace(
        /(?=\n\s*at )|$/,
        () => `\n\n${lines.join('\n')}`,
      );
    }
  }
}
