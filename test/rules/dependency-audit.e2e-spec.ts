import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

type Advisories = Record<string, object[]>;

/** An npm registry that knows these advisories, or that offers none. */
async function registryWith(advisories: Advisories | undefined): Promise<Server> {
  const server = createServer((request, response) => {
    if (advisories === undefined || request.method !== 'POST') {
      response.writeHead(405).end();
      return;
    }
    response.setHeader('content-type', 'application/json').end(JSON.stringify(advisories));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function audit(advisories?: Advisories): Promise<{ code: unknown; output: string }> {
  const registry = await registryWith(advisories);
  // npm remembers advisories.
  const cache = await mkdtemp(join(tmpdir(), 'nest-shopxo-npm-'));
  try {
    const { port } = registry.address() as AddressInfo;
    const child = spawn(process.execPath, ['scripts/dependency-audit.mjs'], {
      env: {
        ...process.env,
        npm_config_registry: `http://127.0.0.1:${port}/`,
        npm_config_cache: cache,
      },
    });
    const [stdout, stderr, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ]);
    return { code, output: stdout + stderr };
  } finally {
    registry.close();
    await rm(cache, { recursive: true, force: true });
  }
}

const advisory = (severity: string) => ({
  id: 1,
  url: 'https://example.test/1',
  title: 'a hole',
  severity,
  vulnerable_versions: '>=0',
});

it('fails on a high vulnerability of a production dependency', async () => {
  const { code, output } = await audit({ pg: [advisory('high')] });
  expect(output).toContain('high: pg ');
  expect(code).toBe(1);
});

it('names a moderate one, and goes on', async () => {
  const { code, output } = await audit({ pg: [advisory('moderate')] });
  expect(output).toContain('moderate: pg ');
  expect(code).toBe(0);
});

it('does not look at what only development needs', async () => {
  expect(await audit({ jest: [advisory('critical')] })).toEqual({
    code: 0,
    output: '0 known vulnerabilities, 0 of them high or critical\n',
  });
});

it('says so where the registry offers no audits', async () => {
  const { code, output } = await audit();
  expect(output).toMatch(/^No audit: the registry does not offer one \(405 /);
  expect(code).toBe(3);
});
