import autocannon from 'autocannon';
import { regExpOf, SAVED } from './answers.mjs';

/** @type {import('./load.mjs').Generator} */
export async function driveWithAutocannon({ url, route, seconds, connections, users }) {
  const pattern = regExpOf(route);
  const load = Date.now().toString(36);
  let turn = 0;
  let wrong = 0;
  let first = '';
  const { requests, duration, latency, errors, timeouts } = await autocannon({
    url,
    connections,
    duration: seconds,
    timeout: 30,
    requests: [
      {
        setupRequest: (request, context) => {
          turn += 1;
          const token = users[turn % users.length]?.token ?? '';
          const nickname = `${load} ${turn}`;
          Object.assign(context, { token, nickname });
          const authorization = `Bearer ${token}`;
          if (route === 'index') {
            return {
              ...request,
              method: 'GET',
              path: '/personal/index',
              headers: { authorization },
            };
          }
          return {
            ...request,
            method: 'POST',
            path: '/personal/save',
            headers: { authorization, 'content-type': 'application/json' },
            body: JSON.stringify({ nickname, ...SAVED }),
          };
        },
        onResponse: (status, body, context) => {
          const [, token, nickname] = pattern.exec(body) ?? [];
          const { token: asked, nickname: saved } = /** @type {Record<string, string>} */ (context);
          const isRight =
            status === 200 && token === asked && (route === 'index' || nickname === saved);
          if (isRight) return;
          wrong += 1;
          if (wrong === 1) first = `${status} ${body}`;
        },
      },
    ],
  });
  if (wrong + errors + timeouts > 0) {
    throw new Error(
      `${wrong} answers were wrong, ${errors + timeouts} did not come; the first wrong one: ${first}`,
    );
  }
  return {
    requests: requests.total,
    abandoned: connections,
    seconds: duration,
    p50: latency.p50,
    p99: latency.p99,
  };
}
