import { readFileSync } from 'node:fs';
import { PROJECT_ROOT } from '../../src/config/project-root.js';

const FLAG = /--[a-z-]+=\d+/g;

it.each(['package.json', 'deploy/systemd/nest-shopxo@.service', 'deploy/pm2/ecosystem.config.cjs'])(
  '%s gives Node.js the flags that the image gives it',
  (file) => {
    expect(nodeFlags(file)).toEqual(nodeFlags('Dockerfile'));
  },
);

/** What limits the memory of the service, in the order of the file's command. */
function nodeFlags(file: string): string[] {
  const lines = readFileSync(new URL(file, PROJECT_ROOT), 'utf8').split('\n');
  const command = lines.find((line) => line.includes('--heap-growing-percent'));
  return command?.match(FLAG) ?? [];
}
