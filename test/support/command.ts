import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { PROJECT_ROOT } from '../../src/config/project-root.js';
import { runProgram } from '../../src/cli/program.js';
import { settingNames } from '../../src/config/settings.js';

const ROOT = fileURLToPath(PROJECT_ROOT);

/** How a command ended, and what it printed. */
export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a command is run, where that is what a test is about. */
interface Run {
  /** On a terminal; its standard error is a part of its output then. */
  readonly terminal?: boolean;
  readonly cwd?: string;
}

const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

/** Runs a command of the built program, with these settings only. */
export async function runCommand(
  settings: Record<string, string>,
  args: readonly string[],
  { terminal = false, cwd = ROOT }: Run = {},
): Promise<CommandResult> {
  const command = [process.execPath, `${ROOT}dist/src/cli.js`, ...args];
  // Debian's essential `script` has a terminal for it.
  const [program = '', ...words] = terminal
    ? ['script', '-qec', command.map(quoted).join(' '), '/dev/null']
    : command;
  // Set though blank, so that neither this process's environment nor a developer's .env counts.
  const unset = cwd === ROOT ? Object.fromEntries(settingNames().map((name) => [name, ''])) : {};
  const child = spawn(program, words, {
    cwd,
    env: { PATH: process.env.PATH, ...unset, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  return { code, stdout: stdout.replaceAll('\r\n', '\n'), stderr };
}

/**
 * Runs a command in this process, as one without a terminal: much faster, where a process of its own is not
 * what a test is about.
 */
export async function runCommandHere(
  settings: Record<string, string>,
  args: readonly string[],
): Promise<CommandResult> {
  const written = { stdout: '', stderr: '' };
  const undo = (['stdout', 'stderr'] as const).map((name) => capture(name, written));
  const environment = { ...process.env };
  Object.assign(
    process.env,
    Object.fromEntries(settingNames().map((name) => [name, ''])),
    settings,
  );
  try {
    const code = await runProgram(['node', 'cli', ...args]);
    return { code, ...written };
  } finally {
    for (const name of Object.keys(process.env)) {
      if (!(name in environment)) Reflect.deleteProperty(process.env, name);
    }
    Object.assign(process.env, environment);
    for (const one of undo) one();
  }
}

/** Keeps what is written to a stream, which is no terminal meanwhile. */
function capture(
  name: 'stdout' | 'stderr',
  written: Record<'stdout' | 'stderr', string>,
): () => void {
  const stream = process[name];
  const { isTTY } = stream;
  const write = stream.write.bind(stream);
  stream.isTTY = false;
  stream.write = (text: string | Uint8Array) => {
    written[name] += String(text);
    return true;
  };
  return () => Object.assign(stream, { write, isTTY });
}
