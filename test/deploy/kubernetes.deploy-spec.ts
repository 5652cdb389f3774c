import { execFile, spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { HorizontalPodAutoscaler } from 'kubernetes-types/autoscaling/v2.js';
import type { Deployment } from 'kubernetes-types/apps/v1.js';
import type { Job } from 'kubernetes-types/batch/v1.js';
import type { ConfigMap, Container, PodSpec, Secret, Service } from 'kubernetes-types/core/v1.js';
import { parse, parseAllDocuments } from 'yaml';
import { type Env, SettingsError } from '../../src/config/env.js';
import { loadSettings, settingNames } from '../../src/config/settings.js';
import { longestStopMs } from './support/stop-time.js';
import { killServices, ServiceProcess } from '../support/service-process.js';
import { unmigratedDatabase } from '../support/test-database.js';
import { type Typed, typeErrors } from './support/type-check.js';

const FOLDER = fileURLToPath(new URL('../../deploy/kubernetes', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** Where the types of an API group are published; the core group has no name. */
const typed = (manifest: Manifest): Typed => {
  const [version, group = 'core'] = manifest.apiVersion.split('/').toReversed();
  return {
    module: `kubernetes-types/${group.split('.')[0]!}/${version!}`,
    type: manifest.kind,
    value: manifest,
  };
};

let manifests: Manifest[];
let secret: Secret & Manifest;

beforeAll(async () => {
  if (spawnSync('kubectl', ['version', '--client']).error) {
    throw new Error("kubectl is missing; Debian's package is kubernetes-client");
  }
  const { stdout } = await run('kubectl', ['kustomize', FOLDER]);
  manifests = parseAllDocuments(stdout).map((document) => document.toJS() as Manifest);
  secret = parse(await readFile(`${FOLDER}/secret.example.yaml`, 'utf8')) as Secret & Manifest;
});

afterAll(killServices);

interface Kinds {
  ConfigMap: ConfigMap;
  Deployment: Deployment & Manifest;
  HorizontalPodAutoscaler: HorizontalPodAutoscaler;
  Job: Job;
  Service: Service;
}

/** The one manifest of its kind. */
const find = <Kind extends keyof Kinds>(kind: Kind): Kinds[Kind] => {
  const found = manifests.filter((one) => one.kind === kind);
  expect(found).toHaveLength(1);
  return found[0] as unknown as Kinds[Kind];
};

const podOf = (kind: 'Deployment' | 'Job'): PodSpec => find(kind).spec!.template.spec!;

const containerOf = (kind: 'Deployment' | 'Job'): Container => podOf(kind).containers[0]!;

/** What the settings and the secret give the service. */
const environment = (): Env => ({
  ...find('ConfigMap').data,
  ...secret.stringData,
});

describe('the manifests', () => {
  it('are of their published types, the example of the secret too', () => {
    expect(typeErrors([...manifests, secret].map(typed))).toEqual([]);
  });

  it.each<[string, (pod: PodSpec) => void, string]>([
    ['an unknown field', (pod) => Object.assign(pod, { restartPolice: 'Always' }), 'restartPolice'],
    [
      'a wrong type',
      (pod) => Object.assign(pod, { terminationGracePeriodSeconds: '40' }),
      `Type 'string' is not assignable to type 'number'`,
    ],
    [
      'a missing field',
      (pod) => Object.assign(pod.containers[0]!.ports![0]!, { containerPort: undefined }),
      'containerPort',
    ],
  ])('would be found out with %s', (_, spoil, message) => {
    const spoilt = structuredClone(find('Deployment'));
    spoil(spoilt.spec!.template.spec!);
    expect(typeErrors([typed(spoilt)]).join('\n')).toContain(message);
  });

  it('are what a deployment needs', () => {
    expect(manifests.map(({ kind }) => kind).sort()).toEqual([
      'ConfigMap',
      'Deployment',
      'HorizontalPodAutoscaler',
      'Job',
      'Namespace',
      'NetworkPolicy',
      'NetworkPolicy',
      'PodDisruptionBudget',
      'Service',
      'ServiceAccount',
    ]);
  });

  it.each(['Deployment', 'Job'] as const)('give the %s no right that it does not need', (kind) => {
    const pod = podOf(kind);
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 1000,
        seccompProfile: { type: 'RuntimeDefault' },
      },
    });
    expect(pod.containers).toHaveLength(1);
    expect(containerOf(kind)).toMatchObject({
      resources: { requests: { cpu: expect.any(String) }, limits: { memory: expect.any(String) } },
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      },
    });
  });

  it('point at each other', () => {
    const labels = find('Deployment').spec!.template.metadata!.labels!;
    const ports = containerOf('Deployment').ports!;
    const service = find('Service').spec!;
    expect(labels).toMatchObject(service.selector!);
    expect(ports.map(({ name }) => name)).toContain(service.ports![0]!.targetPort);
    expect(find('HorizontalPodAutoscaler').spec!.scaleTargetRef).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: find('Deployment').metadata.name,
    });
    const { data } = find('ConfigMap');
    expect(ports.map(({ containerPort }) => String(containerPort))).toEqual([
      data!.PORT,
      data!.METRICS_PORT,
    ]);
  });
});

describe('the settings', () => {
  it('are the service’s, and each secret comes from the secret', () => {
    const keyed = [containerOf('Deployment'), containerOf('Job')].flatMap(({ env }) => env!);
    for (const { name, valueFrom } of keyed) {
      expect(valueFrom!.secretKeyRef).toEqual({ name: secret.metadata.name, key: name });
    }
    expect([...new Set(keyed.map(({ name }) => name))].sort()).toEqual(
      Object.keys(secret.stringData!).sort(),
    );
    expect(settingNames()).toEqual(expect.arrayContaining(Object.keys(environment())));
  });

  it('are refused with the example of the secret', () => {
    let refusal = '';
    try {
      loadSettings(environment());
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      refusal = error.message;
    }
    const refused = refusal.split('\n').map((line) => line.split(' ')[0]);
    expect(refused).toEqual(expect.arrayContaining(['DATABASE_URL', 'REDIS_URL', 'ID_CARD_KEY']));
    expect(refused.some((name) => name!.startsWith('S3_'))).toBe(true);
  });

  it('leave the service time to stop', () => {
    const settings = loadSettings({ ...find('ConfigMap').data, ...REAL_SECRETS });
    expect(podOf('Deployment').terminationGracePeriodSeconds! * 1_000).toBeGreaterThan(
      longestStopMs(settings),
    );
  });

  it('leave the pods in the service while the database fails over', () => {
    const { periodSeconds, failureThreshold } = containerOf('Deployment').readinessProbe!;
    expect(periodSeconds! * (failureThreshold! - 1)).toBeGreaterThanOrEqual(FAILOVER_SECONDS);
  });
});

/** What deploy/README.md says of a primary that dies. */
const FAILOVER_SECONDS = 25;

/** Values as a real secret has them. */
const REAL_SECRETS = {
  DATABASE_URL: 'postgres://shopxo:geheim@db.test:5432/shopxo',
  REDIS_URL: 'redis://:geheim@redis.test:6379',
  ID_CARD_KEY: 'ab'.repeat(32),
  S3_ACCESS_KEY_ID: 'key',
  S3_SECRET_ACCESS_KEY: 'geheim',
};

it("the job's command applies the migrations that a pod waits for", async () => {
  const DATABASE_URL = await unmigratedDatabase('job');
  const service = await ServiceProcess.spawn({ DATABASE_URL, DATABASE_MIGRATE_AT_START: 'false' });
  await service.until(() => service.stdout.includes('the start waits for migrations'));
  const [command, ...args] = containerOf('Job').command!;
  expect(command).toBe('node');
  await run(process.execPath, args, { cwd: ROOT, env: { PATH: process.env.PATH, DATABASE_URL } });
  await service.ready();
  await service.stop();
});
