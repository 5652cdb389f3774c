// Runs the commands of docs/extending.md in the current folder, in their order, and compares the
// answers. The modules get other names than the page's, which may be taken by now.
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';

const PAGE = 'docs/extending.md';
/** The page's modules, and what they are called here. */
const NAMES = { coupon: 'trial', feedback: 'thoughts' };
const START = 'npm start';

const port = await new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(String(port)));
  });
});

const environment = { ...process.env, PORT: port };
const blocks = [...readFileSync(PAGE, 'utf8').matchAll(/^```(sh|text)\n([^]*?)^```$/gm)];
let service;
let answer = '';

const capital = (name) => name[0].toUpperCase() + name.slice(1);

/** The page's text about the other modules. */
const renamed = (text) =>
  Object.entries(NAMES).reduce(
    (before, [name, other]) =>
      before.replaceAll(name, other).replaceAll(capital(name), capital(other)),
    text,
  );

/** Times and ids are not the page's. */
const masked = (text) =>
  text
    .trim()
    .replaceAll(/"\d{10}"/g, '"TIME"')
    .replaceAll(/"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"/g, '"TIME"');

async function start() {
  service = spawn('npm', ['start'], { env: environment, detached: true, stdio: 'pipe' });
  let output = '';
  for (const stream of [service.stdout, service.stderr]) {
    stream.on('data', (chunk) => (output += chunk));
  }
  while (!output.includes('answers at')) {
    if (service.exitCode !== null) throw new Error(`npm start ended:\n${output}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

try {
  for (const [, language, text] of blocks) {
    if (language === 'text') {
      if (masked(answer) !== masked(renamed(text))) {
        throw new Error(`${PAGE} says\n${text}but the answer was\n${answer}`);
      }
    } else if (text.trim() === START) {
      await start();
    } else {
      const command = renamed(text).replaceAll(':3000/', `:${port}/`);
      console.log(`$ ${command.trim()}`);
      answer = execFileSync('bash', ['-euc', command], {
        env: environment,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
      });
    }
  }
} finally {
  if (service) process.kill(-service.pid, 'SIGTERM');
}
