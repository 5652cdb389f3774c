import { IsInt, Max, Min } from 'class-validator';
import { FromEnv, parseInteger } from './env.js';

/** How many accounts may be opened. */
export class RegistrationSettings {
  /** From one client address, which a school or an office may share; refused ones count too. */
  @FromEnv('REGISTRATIONS_PER_HOUR', 'a number from 1 to 10000', parseInteger)
  @IsInt()
  @Min(1)
  @Max(10_000)
  readonly perHour: number = 100;
}
