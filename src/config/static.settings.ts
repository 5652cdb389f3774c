import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { ValidateBy, ValidateIf } from 'class-validator';
import { FromEnv } from './env.js';

/** Files beside the service's own. */
export class StaticSettings {
  /** Served below `/static`, where the service has no file of its own, e.g. `public/static` of a ShopXO. */
  @FromEnv('STATIC_DIR', 'a folder that exists', (text) => resolve(text))
  @ValidateIf((_, value) => value !== undefined)
  @ValidateBy({
    name: 'isFolder',
    validator: {
      validate: (value: string) =>
        statSync(value, { throwIfNoEntry: false })?.isDirectory() ?? false,
    },
  })
  readonly dir?: string;
}
