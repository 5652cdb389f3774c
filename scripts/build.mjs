// Compiles src to dist, and notes from which sources, so that an unchanged tree is not built again.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const note = join(root, 'dist', '.sources');
const inputs = ['src', 'ormconfig.ts', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'];

/** @param {string} path */
const filesOf = (path) =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

function fingerprint() {
  const hash = createHash('sha256');
  const files = inputs
    .map((name) => join(root, name))
    .flatMap((path) => (path.endsWith('src') ? filesOf(path) : [path]));
  for (const file of files.sort()) {
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
}

/** Builds when the sources differ from those that dist was built from. */
export function build() {
  const current = fingerprint();
  if (existsSync(note) && readFileSync(note, 'utf8') === current) return;
  process.stderr.write('Building ...\n');
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(note, current);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) build();
