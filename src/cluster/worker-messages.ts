import type { Figures } from '../metrics/metrics.js';

/** A worker listens. */
export interface ReadyMessage {
  readonly kind: 'ready';
  /** What a start prints. */
  readonly welcome: string;
}

/** The primary wants a worker's figures; it asks for nothing else. */
export const FIGURES_REQUEST = 'figures';

/** A worker's figures. */
export interface FiguresMessage {
  readonly kind: 'figures';
  readonly figures: Figures;
}

/** What a worker tells the primary. */
export type WorkerMessage = ReadyMessage | FiguresMessage;

/** A worker's exit code where it could not start because the database is away. */
export const EXIT_DATABASE_AWAY = 75;
