// Each rule of the house, and the smallest thing that breaks it. test/rules/rules.rule-spec.ts does so;
// npm run docs lists them in docs/architecture.md.

/**
 * @typedef {object} Breakage
 * @property {string} rule what is not done
 * @property {string} by what does it, in words
 * @property {string} file where, from the tree's root
 * @property {(text: string) => string} change from the file's text, empty where there is no file
 * @property {string} fails what the check says: the rule's name, its message or the test
 */

/** @param {string} text @returns {(before: string) => string} */
const append = (text) => (before) => `${before}\n${text}\n`;

/** @param {string} path */
const importing = (path) => append(`import '${path}';`);

/** @param {string} from @param {string} to @returns {(before: string) => string} */
const replace = (from, to) => (before) => {
  if (!before.includes(from)) throw new Error(`There is no ${from}`);
  return before.replace(from, to);
};

const MODULES = 'src/modules';

/** @type {Breakage[]} Of `depcruise src`, which fails with the rule's name. */
export const dependencies = [
  {
    rule: 'A module imports only the public face of another one.',
    by: "an import of another module's repository, which that module does not export",
    file: `${MODULES}/unheard-of/broken.ts`,
    change: importing('../session/session.repository.js'),
    fails: 'modules-use-only-the-public-face-of-others',
  },
  {
    rule: 'A module imports only the public face of another one.',
    by: "an import of another module's DTO",
    file: `${MODULES}/agreement/broken.ts`,
    change: importing('../region/dto/region-index.dto.js'),
    fails: 'modules-use-only-the-public-face-of-others',
  },
  {
    rule: 'There is no circle.',
    by: 'a file that imports one that imports it',
    file: 'src/protocol/views/broken-circle.ts',
    change: append("export { timeText } from './time.js';"),
    fails: 'no-circle',
  },
  {
    rule: 'Configuration, database, events, log and tracing know neither modules nor the protocol.',
    by: 'an import of the envelope in src/database',
    file: 'src/database/broken.ts',
    change: importing('../envelope/envelope.js'),
    fails: 'config-and-database-know-no-module',
  },
  {
    rule: 'Configuration knows nothing else.',
    by: 'an import of the log in src/config',
    file: 'src/config/broken.ts',
    change: importing('../logging/logger.js'),
    fails: 'config-knows-nothing',
  },
  {
    rule: 'The protocol knows no module.',
    by: 'an import of the sessions in src/protocol',
    file: 'src/protocol/broken.ts',
    change: importing('../modules/session/session.service.js'),
    fails: 'protocol-knows-no-module',
  },
  {
    rule: 'The server knows of the protocol only its envelope.',
    by: 'an import of the token guard in src/http',
    file: 'src/http/broken.ts',
    change: importing('../protocol/auth/token.guard.js'),
    fails: 'http-knows-the-envelope-only',
  },
  {
    rule: 'The limits know of the protocol only failures, addresses and the request.',
    by: 'an import of a guard in src/protocol/limits',
    file: 'src/protocol/limits/broken-upwards.ts',
    change: importing('../auth/token.guard.js'),
    fails: 'limits-know-failures-and-addresses',
  },
  {
    rule: 'Modules use the limiters, not their stores.',
    by: 'an import of a store in a module',
    file: `${MODULES}/region/broken-limit.ts`,
    change: importing('../../protocol/limits/attempt-store.js'),
    fails: 'modules-limit-by-the-limiters',
  },
  {
    rule: 'Only the application itself knows modules.',
    by: 'an import of a module in src/metrics',
    file: 'src/metrics/broken.ts',
    change: importing('../modules/session/session.service.js'),
    fails: 'only-the-top-knows-modules',
  },
  {
    rule: 'Only repositories speak to the database.',
    by: 'an import of Database in a service',
    file: `${MODULES}/region/broken.service.ts`,
    change: importing('../../database/database.js'),
    fails: 'only-repositories-speak-to-the-database',
  },
  {
    rule: 'Only entities and repositories know the mapper.',
    by: 'an import of TypeORM in a service',
    file: `${MODULES}/region/broken-mapper.service.ts`,
    change: importing('typeorm'),
    fails: 'only-entities-and-repositories-know-the-mapper',
  },
  {
    rule: 'A Repository is asked of Database, so that it joins the open transaction.',
    by: 'an import of `@nestjs/typeorm` in a repository',
    file: `${MODULES}/region/broken.repository.ts`,
    change: importing('@nestjs/typeorm'),
    fails: 'repositories-join-transactions',
  },
  {
    rule: 'Only controllers know HTTP.',
    by: "an import of Express's types in a service",
    file: `${MODULES}/region/broken-http.service.ts`,
    change: append("import type { Request } from 'express';\nexport type Broken = Request;"),
    fails: 'only-controllers-know-http',
  },
  {
    rule: 'No module builds an envelope.',
    by: 'an import of the envelope in a controller',
    file: `${MODULES}/region/broken.controller.ts`,
    change: importing('../../envelope/envelope.js'),
    fails: 'modules-build-no-envelope',
  },
  {
    rule: 'A view is a pure function.',
    by: 'an import of a setting in a view',
    file: `${MODULES}/region/broken-view.ts`,
    change: importing('../../config/http.settings.js'),
    fails: 'views-are-pure',
  },
  {
    rule: 'class-transformer works on input only.',
    by: 'an import of it in a service',
    file: `${MODULES}/region/broken-output.service.ts`,
    change: importing('class-transformer'),
    fails: 'class-transformer-on-input-only',
  },
  {
    rule: 'The audit trail is written by repositories only.',
    by: 'an import of its row in a service',
    file: `${MODULES}/personal/broken.service.ts`,
    change: importing('../audit/audit-row.js'),
    fails: 'audit-is-written-by-repositories-only',
  },
  {
    rule: 'Where pictures are stored, and how they are decoded, is known in one place each.',
    by: 'an import of sharp in a service',
    file: `${MODULES}/avatar/broken.service.ts`,
    change: importing('sharp'),
    fails: 'stores-and-decoders-behind-their-classes',
  },
  {
    rule: 'Redis stands behind its connection.',
    by: 'an import of its client in src/protocol/limits',
    file: 'src/protocol/limits/broken.ts',
    change: importing('ioredis'),
    fails: 'redis-behind-its-connection',
  },
  {
    rule: 'OpenTelemetry is loaded only where a collector is set.',
    by: 'an import of it beside the one file',
    file: 'src/tracing/broken.ts',
    change: importing('@opentelemetry/api'),
    fails: 'tracing-is-loaded-where-it-is-on',
  },
  {
    rule: 'The service runs on packages that it declares.',
    by: 'an import of a package for tests',
    file: 'src/logging/broken.ts',
    change: importing('supertest'),
    fails: 'no-undeclared-package',
  },
];

/** What stands beside a breakage above, and breaks nothing by itself. @type {Pick<Breakage, 'file' | 'change'>[]} */
export const besides = [
  {
    file: 'src/protocol/views/time.ts',
    change: append("export { timeText as again } from './broken-circle.js';"),
  },
];

const SERVICE = `${MODULES}/region/region.service.ts`;
const CONTROLLER = `${MODULES}/region/region.controller.ts`;

/** @type {Breakage[]} Of `eslint`, which fails with the message. Each file has one breakage. */
export const syntax = [
  {
    rule: 'Only src/config reads the environment.',
    by: '`process.env` in a service',
    file: SERVICE,
    change: append('export const broken = process.env.HOME;'),
    fails: 'Only src/config reads the environment.',
  },
  {
    rule: 'Only src/config reads the environment.',
    by: "`process['env']`",
    file: 'src/protocol/limits/attempt.service.ts',
    change: append("export const broken = process['env'].HOME;"),
    fails: 'Only src/config reads the environment.',
  },
  {
    rule: 'Only src/config reads the environment.',
    by: 'an import of `node:process`',
    file: 'src/welcome.ts',
    change: append(
      "export { env } from 'node:process';\nimport { env } from 'node:process';\nvoid env;",
    ),
    fails: 'Only src/config reads the environment.',
  },
  {
    rule: 'There is no forwardRef.',
    by: '`forwardRef` in a module',
    file: `${MODULES}/region/region.module.ts`,
    change: append("import { forwardRef } from '@nestjs/common';\nvoid forwardRef;"),
    fails: 'Modules stand in layers, which need no forwardRef.',
  },
  {
    rule: "Migrations are the schema's only source.",
    by: '`synchronize: true`',
    file: 'src/database/data-source-options.ts',
    change: replace('synchronize: false', 'synchronize: true'),
    fails: "Migrations are the schema's only source: no synchronize.",
  },
  {
    rule: 'A row is written where its module says so: no relation, no cascade.',
    by: '`cascade: true` in an entity',
    file: `${MODULES}/region/entities/region.entity.ts`,
    change: append('export const broken = { cascade: true };'),
    fails: 'A row is written where its module says so: no relation, no cascade.',
  },
  {
    rule: 'A write that depends on what was read is one statement, or holds a lock in a transaction.',
    by: 'a `countBy` and an `insert` without a transaction',
    file: `${MODULES}/region/region.repository.ts`,
    change: append(
      'export class Broken {\n' +
        '  constructor(private readonly rows: { countBy(): number; insert(): void }) {}\n' +
        '  broken(): void {\n    if (this.rows.countBy() < 9) this.rows.insert();\n  }\n}',
    ),
    fails:
      'A write that depends on what was read is one conditional statement, or holds a lock in a transaction.',
  },
  {
    rule: 'A write that depends on what was read is one statement, or holds a lock in a transaction.',
    by: 'a `getOne` of a query builder and a `save` without a transaction',
    file: `${MODULES}/user-address/user-address.repository.ts`,
    change: append(
      'export class Broken {\n' +
        '  constructor(private readonly rows: Repository<UserAddress>) {}\n' +
        '  async broken(): Promise<void> {\n' +
        '    const row = await this.rows.createQueryBuilder().getOne();\n' +
        '    if (row) await this.rows.save(row);\n  }\n}\n' +
        "import type { Repository } from 'typeorm';",
    ),
    fails:
      'A write that depends on what was read is one conditional statement, or holds a lock in a transaction.',
  },
  {
    rule: 'A Repository is asked of Database, so that it joins the open transaction.',
    by: 'one that is kept in a property',
    file: `${MODULES}/verification/captcha.repository.ts`,
    change: append(
      'export class Broken {\n  readonly kept = this.database.repository(Captcha);\n' +
        '  constructor(private readonly database: Database) {}\n}',
    ),
    fails:
      'A Repository is asked of Database where it is used: one that is kept joins no transaction.',
  },
  {
    rule: 'A repository asks Database, so that what it does joins the open transaction.',
    by: 'an injected `DataSource` of TypeORM',
    file: `${MODULES}/message/message.repository.ts`,
    change: append(
      "import { DataSource } from 'typeorm';\nexport class Broken {\n" +
        '  constructor(readonly dataSource: DataSource) {}\n}',
    ),
    fails:
      'Ask Database for a repository, a statement or a transaction: an injected DataSource joins no transaction.',
  },
  {
    rule: 'A code has a name.',
    by: '`{ code: -1 }`',
    file: 'src/envelope/protocol.failures.ts',
    change: append('export const broken = { code: -1 };'),
    fails: 'A code has a name in envelope/protocol.exception.ts.',
  },
  {
    rule: 'Failures are values of a catalogue.',
    by: 'a failure written where it is thrown',
    file: `${MODULES}/personal/personal.service.ts`,
    change: append(
      "export const broken = () =>\n  new ProtocolException({ code: ResultCode.failed, message: 'a:b' });\n" +
        "import { ProtocolException, ResultCode } from '../../envelope/protocol.exception.js';",
    ),
    fails: "A failure is an entry of its module's *.messages.ts.",
  },
  {
    rule: 'Modules throw failures, not HTTP errors.',
    by: "an import of Nest's BadRequestException",
    file: `${MODULES}/avatar/avatar.service.ts`,
    change: append(
      "import { BadRequestException } from '@nestjs/common';\nvoid BadRequestException;",
    ),
    fails: 'The protocol speaks HTTP: throw a failure of the catalogue.',
  },
  {
    rule: 'Modules answer data and files.',
    by: "an import of Nest's Redirect",
    file: `${MODULES}/agreement/agreement.controller.ts`,
    change: append("import { Redirect } from '@nestjs/common';\nvoid Redirect;"),
    fails:
      'A module answers data or a file: the protocol has no redirect, view or stream of events.',
  },
  {
    rule: 'A file is taken within the limits of files.',
    by: "an import of Nest's FileInterceptor",
    file: `${MODULES}/avatar/avatar.controller.ts`,
    change: append(
      "import { FileInterceptor } from '@nestjs/platform-express';\nvoid FileInterceptor;",
    ),
    fails:
      'A file comes by @Upload() and @UploadedBytes(), within the limits of size, number and time.',
  },
  {
    rule: 'Parameters come in a DTO.',
    by: "`@Body('pid')`",
    file: CONTROLLER,
    change: append(
      "import { Body } from '@nestjs/common';\nexport class Broken {\n" +
        "  broken(@Body('pid') pid: string): string {\n    return pid;\n  }\n}",
    ),
    fails: 'Parameters come in a DTO, whose rules check them.',
  },
  {
    rule: 'Who asks never comes from a parameter.',
    by: 'a DTO with a `user_id`',
    file: `${MODULES}/region/dto/region-index.dto.ts`,
    change: replace('  pid =', '  user_id ='),
    fails: 'Who asks comes from @CurrentUser(), never from a parameter.',
  },
  {
    rule: 'No regular expression takes more than linear time.',
    by: 'one that begins anew at each space of a run',
    file: 'src/protocol/request/origin.ts',
    change: append("export const broken = (text: string) => text.replace(/ +$/, '');"),
    fails: 'will cause quadratic runtime because of this quantifier',
  },
  {
    rule: 'No regular expression takes more than linear time.',
    by: 'one with two quantifiers for the same letters',
    file: 'src/envelope/message-catalogue.ts',
    change: append('export const broken = (text: string) => /^a+b?a+$/.test(text);'),
    fails: 'this can be exploited to cause at least polynomial backtracking',
  },
  {
    rule: 'A parameter has a rule.',
    by: 'a property without a decorator in a DTO',
    file: `${MODULES}/account/dto/safety.dto.ts`,
    change: append('export class BrokenDto {\n  broken?: string;\n}'),
    fails: 'A parameter has a rule.',
  },
];

/** @type {Breakage[]} Of `tsc`, which names the key. */
export const types = [
  {
    rule: 'Every text is there in four languages.',
    by: 'a key that one language lacks',
    file: `${MODULES}/region/locales/en.json`,
    change: replace('"field.pid"', '"field.other"'),
    fails: `Property '"field.pid"' is missing in type`,
  },
];

/** @type {Breakage[]} Of `npm run docs:check`, which shows the file. */
export const made = [
  {
    rule: 'What is made from the code is current.',
    by: "a change by hand in the client's types",
    file: 'clients/typescript/src/schema.ts',
    change: append('export type Broken = string;'),
    fails: 'diff -r .*clients/typescript/src/schema.ts',
  },
];

const ROUTING = 'is refused by every route but the public ones';
const DESCRIBED = 'describes every action, with every method that it serves and no other';

/** @type {Breakage[]} Of `npm test`, whose test fails. Two of one test are tried one after the other. */
export const tests = [
  {
    rule: 'A route without `@Public()` is closed.',
    by: 'a guard that lets everyone in',
    file: 'src/protocol/auth/token.guard.ts',
    change: replace('request.context.identity || action?.public', 'true'),
    fails: ROUTING,
  },
  {
    rule: 'An open route is named by a test.',
    by: '`@Public()` on a closed route',
    file: `${MODULES}/account/safety.controller.ts`,
    change: (before) =>
      `import { Public } from '../../protocol/routing/action.decorators.js';\n` +
      replace("@Controller('safety')", "@Public()\n@Controller('safety')")(before),
    fails: ROUTING,
  },
  {
    rule: 'A lower module imports nothing of an upper one, not even its entities.',
    by: "an import of the user's entity in the audit trail",
    file: `${MODULES}/audit/broken.ts`,
    change: importing('../personal/entities/user.entity.js'),
    fails: 'no folder of src imports one that imports it, in however many steps',
  },
  {
    rule: 'An entity has a migration.',
    by: 'a new entity without one',
    file: 'src/schema.ts',
    change: (before) =>
      `import { Entity, PrimaryColumn } from 'typeorm';\n` +
      "@Entity('sxo_broken')\nclass Broken {\n  @PrimaryColumn('bigint')\n  id!: string;\n}\n" +
      replace('entities: [', 'entities: [Broken,')(before),
    fails: 'leave nothing for TypeORM to change',
  },
  {
    rule: 'A parameter has a description.',
    by: 'a property without a description in a DTO',
    file: `${MODULES}/account/dto/safety.dto.ts`,
    change: (before) =>
      `import { IsString } from 'class-validator';\n` +
      replace('Dto {', 'Dto {\n  @IsString()\n  broken?: string;\n')(before),
    fails: 'has a rule and a description in every DTO',
  },
  {
    rule: 'An endpoint has a description.',
    by: 'a controller method without its description',
    file: `${MODULES}/region/region.controller.ts`,
    change: replace('  @ApiRegionAll()\n', ''),
    fails: DESCRIBED,
  },
  {
    rule: 'The description is current.',
    by: 'a summary that docs/openapi.json does not have',
    file: `${MODULES}/agreement/agreement.openapi.ts`,
    change: replace("summary: '", "summary: 'Broken. "),
    fails: 'is the committed document; npm run docs writes it anew',
  },
  {
    rule: 'Texts have the same placeholders in four languages.',
    by: 'a placeholder that one language lacks',
    file: 'src/envelope/locales/en.json',
    change: replace('{{max}}', 'some'),
    fails: 'has every text in en, with the same placeholders',
  },
  {
    rule: 'Every setting stands in .env.example.',
    by: 'a setting that it lacks',
    file: '.env.example',
    change: replace('#PORT=3000\n', ''),
    fails: 'names every setting and no other, each once',
  },
];

/** The files of the tests above. */
export const TEST_FILES = [
  'protocol-routing.e2e',
  'migrations.e2e',
  'openapi.e2e',
  'folder-circles',
  'envelope/message-catalogue',
  'config/settings',
];

/** @param {Breakage[]} breakages @param {(fails: string) => string} check */
const rows = (breakages, check) =>
  breakages.map(({ rule, by, fails }) => ({ rule, by, check: check(fails) }));

/** Every breakage with the check that it fails, those that read alike once. */
export const table = [
  ...new Map(
    [
      ...rows(dependencies, (name) => `dependency-cruiser, ${name}`),
      ...rows(syntax, (message) => `ESLint: ${message}`),
      ...rows(types, () => 'tsc'),
      ...rows(tests, (name) => `npm test: ${name}`),
      ...rows(made, () => 'npm run docs:check'),
    ].map((row) => [Object.values(row).join('|'), row]),
  ).values(),
];
