import { keptForFailures } from '../support/logged-errors.js';
import LoggedErrorsEnvironment from '../support/logged-errors-environment.mjs';

/** What jest prints of a failure after the service logged something meanwhile. */
function shown(failure: Error, log: () => void): string {
  const environment = { global: globalThis };
  const tell = (event: Parameters<LoggedErrorsEnvironment['handleTestEvent']>[0]) =>
    LoggedErrorsEnvironment.prototype.handleTestEvent.call(environment, event);
  const before = globalThis.loggedErrors;
  tell({ name: 'test_start' });
  log();
  tell({ name: 'test_done', test: { errors: [[failure, undefined]] } });
  globalThis.loggedErrors = before;
  return String(failure.stack);
}

it('shows a failing test with the errors that were logged meanwhile, before its own stack', () => {
  const failure = new Error('expected 0, was -500');
  const text = shown(failure, () => {
    keptForFailures().error({
      msg: 'unexpected error',
      request_id: '4711',
      err: new Error('boom'),
    });
    keptForFailures().log('nothing of interest');
  });
  expect(text).toMatch(
    /^Error: expected 0, was -500\n\n {2}│ The service logged meanwhile:\n {2}│ error unexpected error request_id="4711"\n {2}│ Error: boom\n {2}│ {5}at [^]*\n {4}at /,
  );
  expect(text).not.toContain('nothing of interest');
});

it('leaves a failure alone where nothing was logged', () => {
  const failure = new Error('expected 0, was 1');
  const before = failure.stack;
  expect(shown(failure, () => undefined)).toBe(before);
});
