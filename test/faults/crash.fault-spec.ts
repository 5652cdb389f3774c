import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { nicknameIn, save } from '../support/demonstration-caller.js';
import { type Exit, killServices, ServiceProcess } from '../support/service-process.js';
import { NO_LIMITS } from '../support/test-app.js';

const KILLED: Exit = { code: null, signal: 'SIGKILL' };
// Processes that start one after another take long on a busy machine.
jest.setTimeout(120_000);

let dataDir: string;

const start = (): Promise<ServiceProcess> =>
  ServiceProcess.start({ ...NO_LIMITS, DATA_DIR: dataDir });

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'nest-shopxo-crash-'));
  const killOnceThereIs = async (name: string, afterMs: number): Promise<void> => {
    const service = await ServiceProcess.spawn({ DATA_DIR: dataDir });
    await service.until(() => existsSync(join(dataDir, name)));
    await sleep(afterMs);
    expect(await service.kill()).toEqual(KILLED);
    expect(service.stdout).toBe('');
  };
  // While the database is made, and once it is there but has no tables yet.
  await killOnceThereIs('postgres.unfinished', randomInt(1_000));
  await killOnceThereIs('postgres', randomInt(20));
});

afterEach(killServices);

afterAll(async () => {
  await killServices();
  await rm(dataDir, { recursive: true, force: true });
});

describe('a data folder whose first initialisation was killed, twice', () => {
  it('loses no answered save to kill -9, once it is started on', async () => {
    const KILLS = 2;
    const SAVES_BEFORE_EACH = 100;
    let sent = 0;
    let answered = 0;

    /** Saves one after another until the process is gone. */
    const saveUntilKilled = async (service: ServiceProcess): Promise<void> => {
      const deadline = answered + SAVES_BEFORE_EACH;
      for (;;) {
        sent += 1;
        const answer = await save(service, String(sent)).catch(() => undefined);
        if (answer === undefined) return;
        expect(answer).toMatchObject({ code: 0, data: { nickname: String(sent) } });
        answered = sent;
        if (answered === deadline) setTimeout(() => void service.kill(), randomInt(20));
      }
    };

    let service = await start();
    for (let kill = 0; kill < KILLS; kill += 1) {
      await saveUntilKilled(service);
      expect(await service.exited).toEqual(KILLED);
      service = await start();
      const kept = Number(await nicknameIn(service));
      expect(kept).toBeGreaterThanOrEqual(answered);
      expect(kept).toBeLessThanOrEqual(sent);
    }
    expect(answered).toBeGreaterThanOrEqual(KILLS * SAVES_BEFORE_EACH);
  });
});
