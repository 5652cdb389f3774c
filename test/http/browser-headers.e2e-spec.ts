import { createUser } from '../support/accounts.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { bearer, send } from '../support/wire.js';

let test: TestApp;
let token: string;

beforeAll(async () => {
  test = await startTestApp();
  token = (await createUser(test.db)).token;
});

afterAll(() => test.close());

describe.each([
  ['an answer', '/personal/index'],
  ['a failure', '/personal/nothing'],
  ['a file', '/static/index/default/images/default-user-avatar.jpg'],
  ['the page of the API description', '/docs'],
])('%s', (_, path) => {
  const headers = async () => (await send(test.url, { path, headers: bearer(token) })).headers;

  it('is to be asked for over TLS only, by a browser that had it over TLS', async () => {
    expect((await headers())['strict-transport-security']).toBe(
      'max-age=31536000; includeSubDomains',
    );
  });

  it('is what its type says, stands in no frame and tells no other site', async () => {
    expect(await headers()).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-security-policy': expect.stringMatching(/frame-ancestors '(none|self)'/),
    });
  });

  it('sets no cookie and names no software', async () => {
    const { 'set-cookie': cookie, 'x-powered-by': framework, server } = await headers();
    expect([cookie, framework, server]).toEqual([undefined, undefined, undefined]);
  });
});

it('the page of the API description shares its window with no other origin', async () => {
  const { headers } = await send(test.url, { path: '/docs' });
  expect(headers['cross-origin-opener-policy']).toBe('same-origin');
  expect(headers['content-security-policy']).toMatch(/base-uri 'self'.*object-src 'none'/);
});
