import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Runs a printed command as a reader would, by pasting it; without curl, sends what it says.
 *
 * @returns the answer's text
 */
export async function pasteCurl(command: string): Promise<string> {
  const found = await run('curl', ['--version']).catch(() => undefined);
  return found ? (await run('sh', ['-c', command])).stdout : sendInstead(command);
}

async function sendInstead(command: string): Promise<string> {
  const joined = command.replaceAll('\\\n', ' ');
  const words = Array.from(joined.matchAll(/'([^']*)'|(\S+)/g), ([, quoted, bare]) => {
    return quoted ?? bare ?? '';
  });
  const valuesOf = (option: string) => words.filter((_, index) => words[index - 1] === option);
  const headers = valuesOf('-H').map((line) => line.split(': ') as [string, string]);
  const url = words.find((word) => word.startsWith('http')) ?? '';
  const body = valuesOf('-d').at(0) ?? (await formOf(valuesOf('-F')));
  const response = await fetch(
    url,
    body === undefined ? { headers } : { method: 'POST', headers, body },
  );
  return response.text();
}

/** A form of files, each given as `name=@path`. */
async function formOf(fields: readonly string[]): Promise<FormData | undefined> {
  if (fields.length === 0) return undefined;
  const form = new FormData();
  for (const field of fields) {
    const [name = '', path = ''] = field.split('=@');
    form.append(name, new File([await readFile(path)], basename(path)));
  }
  return form;
}
