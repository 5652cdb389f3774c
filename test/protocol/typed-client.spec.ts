import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const CLIENT = fileURLToPath(new URL('../../clients/typescript', import.meta.url));

/** What may be written with the client. */
const RIGHT = [
  `const user = await client.post('/personal/save', { nickname: 'x', gender: '1' });
   const nickname: string = user.nickname;`,
  `const { data } = await client.get('/useraddress/detail', { id: '1' });
   const name: string | undefined = data?.name;
   const isDefault: '0' | '1' | undefined = data?.is_default;`,
  `const { data } = await client.post('/useraddress/index');
   const isDefault: boolean[] = data.map((address) => address.is_default);`,
  `await client.post('/useraddress/index', {}, { signal: AbortSignal.timeout(1000) });`,
  `const url: string = await client.post('/personal/useravatarupload', { file: new Blob([]), img_x: 0 });`,
  `const picture: Blob = await client.get('/user/userverifyentry', { type: 'user_login' });`,
  `const done: '' = await client.withToken('x').with({ lang: 'spa' }).post('/user/logout');`,
];

/** What may not, and what the compiler says to it. */
const WRONG: [string, string][] = [
  [`await client.post('/personal/save', { nick: 'x' })`, "'nick' does not exist"],
  [`await client.post('/personal/save', { nickname: 1 })`, "'number' is not assignable"],
  [`await client.post('/personal/save', {})`, "'nickname' is missing"],
  [`await client.post('/personal/save')`, 'Expected 2-3 arguments'],
  [
    `await client.post('/personal/save', { nickname: 'x', gender: '3' })`,
    `'"3"' is not assignable`,
  ],
  [`await client.post('/personal/save', { nickname: 'x', lang: 'en' })`, "'lang' does not exist"],
  [`await client.post('/useraddress/index', { page: 1 })`, "'number' is not assignable"],
  [`await client.get('/useraddress/detail', { ids: '1' })`, "'ids' does not exist"],
  [`await client.get('/agreement/index')`, 'Expected 2-3 arguments'],
  [`await client.post('/personal/useravatarupload', { file: 'x' })`, "'string' is not assignable"],
  [
    `await client.post('/personal/nothing', { nickname: 'x' })`,
    `'"/personal/nothing"' is not assignable`,
  ],
  [`await client.get('/personal/save', { nickname: 'x' })`, `'"/personal/save"' is not assignable`],
  [`await client.get('/health/live')`, `'"/health/live"' is not assignable`],
  [`(await client.get('/personal/index')).data.nick`, "'nick' does not exist"],
  [`(await client.get('/useraddress/detail')).data.name`, "possibly 'null'"],
  [`(await client.post('/personal/save', { nickname: 'x' })).code`, "'code' does not exist"],
  [`client.with({ lang: 'fr' })`, `'"fr"' is not assignable`],
  [`createShopxoClient({ token: 'x' })`, "'baseUrl' is missing"],
];

/** What the compiler says to each of some texts that use a `client`. */
function complaintsOf(texts: readonly string[]): string[][] {
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(CLIENT, 'tsconfig.json'), (path) => ts.sys.readFile(path)).config,
    ts.sys,
    CLIENT,
  );
  const files = new Map(
    texts.map((text, index) => [
      join(CLIENT, 'src', `written-${String(index)}.ts`),
      `import { createShopxoClient } from './index.js';
       const client = createShopxoClient({ baseUrl: 'http://shop.test' });
       ${text};
       export {};`,
    ]),
  );
  const host = ts.createCompilerHost(options);
  const program = ts.createProgram(
    [...files.keys()],
    { ...options, noEmit: true },
    {
      ...host,
      fileExists: (path) => files.has(path) || host.fileExists(path),
      readFile: (path) => files.get(path) ?? host.readFile(path),
      getSourceFile: (path, version, ...rest) => {
        const text = files.get(path);
        return text === undefined
          ? host.getSourceFile(path, version, ...rest)
          : ts.createSourceFile(path, text, version);
      },
    },
  );
  return [...files.keys()].map((path) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(path))
      .filter(({ file }) => file === undefined || dirname(file.fileName) === join(CLIENT, 'src'))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
  );
}

it('types what is sent and what is answered by the path', () => {
  expect(complaintsOf(RIGHT)).toEqual(RIGHT.map(() => []));
}, 120_000);

it('lets nothing else compile', () => {
  const said = complaintsOf(WRONG.map(([text]) => text));
  expect(WRONG.map(([text], index) => [text, said[index]])).toEqual(
    WRONG.map(([text, complaint]) => [text, [expect.stringContaining(complaint)]]),
  );
}, 120_000);
