import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IsNotEmpty } from 'class-validator';
import { FromEnv } from './env.js';
import { PROJECT_ROOT } from './project-root.js';

/** Where the agreements' texts lie. */
export class AgreementSettings {
  /** Holds `<language>/<document>.html`; a file that is replaced shows at the next request. */
  @FromEnv('AGREEMENTS_DIR', 'a folder', (text) => resolve(text))
  @IsNotEmpty()
  readonly dir: string = fileURLToPath(new URL('agreements', PROJECT_ROOT));
}
