import type { MigrationInterface } from 'typeorm';
import { Users1763800000000 } from './1763800000000-users.js';
import { Regions1763800400000 } from './1763800400000-regions.js';

/** Every migration, oldest first. One that has landed is never edited. */
export const migrations: (new () => MigrationInterface)[] = [
  Users1763800000000,
  Regions1763800400000,
];
