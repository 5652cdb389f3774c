import { IsNumber, Matches, Max, Min, ValidateBy } from 'class-validator';
import { FromEnv } from './env.js';
import { isHttpUrl, withoutSlash } from './url.js';

const parseRatio = (text: string): number => (/^\d(\.\d+)?$/.test(text) ? Number(text) : NaN);

/** Where traces go, by OpenTelemetry's own names. Off unless an endpoint is given. */
export class TracingSettings {
  /** The collector's base URL, without a trailing slash. */
  @FromEnv(
    'OTEL_EXPORTER_OTLP_ENDPOINT',
    'an http or https URL without user, query and fragment',
    withoutSlash,
  )
  @ValidateBy({ name: 'endpoint', validator: { validate: isHttpUrl } })
  readonly endpoint?: string;

  @FromEnv('OTEL_SERVICE_NAME', 'up to 100 of letters, digits, dots, hyphens and underscores')
  @Matches(/^[A-Za-z0-9._-]{1,100}$/)
  readonly serviceName: string = 'nest-shopxo';

  /** The share of traces that are kept, of those that begin here. */
  @FromEnv('OTEL_TRACES_SAMPLER_ARG', 'a number from 0 to 1', parseRatio)
  @IsNumber()
  @Min(0)
  @Max(1)
  readonly sampleRatio: number = 1;

  get enabled(): boolean {
    return this.endpoint !== undefined;
  }
}
