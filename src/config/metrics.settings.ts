import { IsInt, Matches, Max, Min } from 'class-validator';
import { FromEnv, parseInteger } from './env.js';
import { LISTEN_HOST } from './http.settings.js';

const parsePort = (text: string): number => (text === 'off' ? 0 : parseInteger(text));

/**
 * Where Prometheus finds the service's figures. Off unless a port is given: a default one would be
 * taken where two instances run on a machine.
 */
export class MetricsSettings {
  /** 0 where there are none. */
  @FromEnv('METRICS_PORT', 'off, 0 for the same, or a port number up to 65535', parsePort)
  @IsInt()
  @Min(0)
  @Max(65535)
  readonly port: number = 0;

  @FromEnv('METRICS_HOST', 'an address or host name to listen on')
  @Matches(LISTEN_HOST)
  readonly host: string = '127.0.0.1';

  get enabled(): boolean {
    return this.port !== 0;
  }
}
