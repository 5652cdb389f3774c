import { ValidateBy } from 'class-validator';
import { FromEnv, parseInteger } from './env.js';

const MOST_WORKERS = 128;

/** How many processes answer under the one port. */
export class ClusterSettings {
  /** 1 is this very process, alone. */
  @FromEnv(
    'WEB_CONCURRENCY',
    `a number of processes from 1 to ${MOST_WORKERS}, and 1 where DATABASE_URL is not set`,
    parseInteger,
  )
  @ValidateBy({
    name: 'workers',
    validator: {
      validate: (workers: number, target) =>
        isWorkerCount(workers) &&
        (workers === 1 || (target?.object as ClusterSettings).databaseUrl !== undefined),
    },
  })
  readonly workers: number = 1;

  /** Whether there is one is what counts here: the embedded database belongs to one process. */
  @FromEnv('DATABASE_URL', 'a database')
  readonly databaseUrl?: string;
}

const isWorkerCount = (value: number): boolean =>
  Number.isInteger(value) && value >= 1 && value <= MOST_WORKERS;
