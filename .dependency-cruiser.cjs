const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const MODULES = join(__dirname, 'src/modules');

const modules = readdirSync(MODULES);

/** The files of repositories that a module's `*.module.ts` exports, for others to inject. */
function exportedRepositories(module) {
  const file = join(MODULES, module, `${module}.module.ts`);
  if (!existsSync(file)) return [];
  const source = readFileSync(file, 'utf8');
  const [, exported = ''] = /exports: \[([^\]]*)\]/.exec(source) ?? [];
  return [...source.matchAll(/import \{([^}]*)\} from '\.\/([\w.-]+\.repository)\.js'/g)]
    .filter(([, names]) => names.split(',').some((name) => exported.includes(name.trim())))
    .map(([, , file]) => `${module}/${file}`);
}

const PUBLIC_FACE = {
  name: 'modules-use-only-the-public-face-of-others',
  comment:
    "Another module's controllers, listeners, middleware, DTOs, texts and repositories are its own. Use " +
    'what its *.module.ts has in `exports` (and list that module in the `imports` of yours), or hear ' +
    'one of its events. What is missing there is to be added to those `exports`.',
  severity: 'error',
  from: { path: '^src/modules/([^/]+)/' },
  to: {
    path:
      '^src/modules/(?!$1/)[^/]+/' +
      '(dto/|locales/|.*\\.(controller|listener|middleware|repository)\\.ts$)',
    pathNot: `^src/modules/(${modules.flatMap(exportedRepositories).join('|')})\\.ts$`,
  },
};

/** Who may know whom. `npm run lint` fails on a breach. */
module.exports = {
  forbidden: [
    {
      name: 'no-circle',
      comment: 'Modules stand in layers; a circle has none.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'config-and-database-know-no-module',
      comment: 'Hand it over from above, or declare an injection token that a module provides.',
      severity: 'error',
      from: { path: '^src/(config|database|events|logging|redis|tracing)/' },
      to: { path: '^src/(modules|protocol|http|envelope)/' },
    },
    {
      name: 'config-knows-nothing',
      severity: 'error',
      from: { path: '^src/config/' },
      to: { path: '^src/(?!config/)' },
    },
    {
      name: 'protocol-knows-no-module',
      comment:
        'It declares what it needs as an injection token; a module provides it. Of the database it knows ' +
        'the errors.',
      severity: 'error',
      from: { path: '^src/protocol/', pathNot: '^src/protocol/limits/' },
      to: { path: '^src/(modules|database/(?!database-errors\\.ts$))' },
    },
    {
      name: 'http-knows-the-envelope-only',
      comment: 'The server reads bytes and answers failures; what they mean is for the protocol.',
      severity: 'error',
      from: { path: '^src/(http|envelope)/' },
      to: { path: '^src/(modules|protocol|database)/' },
    },
    {
      name: 'limits-know-failures-and-addresses',
      comment: 'They stand below the rest of the protocol, which counts requests with them.',
      severity: 'error',
      from: { path: '^src/protocol/limits/' },
      to: { path: '^src/protocol/(?!limits/|request/request-context\\.ts$)' },
    },
    {
      name: 'modules-limit-by-the-limiters',
      severity: 'error',
      from: { path: '^src/modules/' },
      to: {
        path: '^src/protocol/limits/(?!(limits\\.module|use-limiter|attempt\\.service)\\.ts$)',
      },
    },
    {
      name: 'only-the-top-knows-modules',
      comment: 'Declare an injection token that the module provides.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: '^src/(modules/|cli/|(app|app\\.module|schema|welcome)\\.ts$)',
      },
      to: { path: '^src/modules/' },
    },
    {
      name: 'only-repositories-speak-to-the-database',
      comment:
        "Put it into the module's *.repository.ts. A service that needs a transaction injects Transactions.",
      severity: 'error',
      from: { path: '^src/modules/', pathNot: '\\.(repository|health-indicator)\\.ts$' },
      to: {
        path: '^src/database/(?!transactions\\.ts)|^node_modules/(@types/)?(pg|@nestjs/typeorm|@electric-sql)/',
      },
    },
    {
      name: 'only-entities-and-repositories-know-the-mapper',
      comment: "Put what asks TypeORM into the module's *.repository.ts.",
      severity: 'error',
      from: { path: '^src/modules/', pathNot: '\\.(entity|repository)\\.ts$' },
      to: { path: '^node_modules/typeorm/' },
    },
    {
      name: 'repositories-join-transactions',
      comment:
        'Database.repository() is a part of the open transaction. What @InjectRepository() gives is not.',
      severity: 'error',
      from: { path: '^src/modules/', pathNot: '\\.health-indicator\\.ts$' },
      to: { path: '^node_modules/@nestjs/typeorm/' },
    },
    {
      name: 'only-controllers-know-http',
      comment:
        'Take what a service needs as an argument: a controller has decorators for it. Guards, interceptors, filters and middleware may look at the request, too.',
      severity: 'error',
      from: {
        path: '^src/modules/',
        pathNot: '\\.(controller|middleware|guard|interceptor|filter)\\.ts$',
      },
      to: {
        path:
          '^node_modules/(@types/express|express|@nestjs/platform-express)|^(node:)?https?$|' +
          '^src/protocol/(request/request|routing/action)\\.decorators\\.ts$|^src/protocol/request/request-context|' +
          '^src/http/(?!client-address)',
      },
    },
    {
      name: 'modules-build-no-envelope',
      comment: 'They return data or throw a failure; the protocol answers.',
      severity: 'error',
      from: { path: '^src/modules/' },
      to: { path: '^src/envelope/envelope\\.ts$|^src/protocol/envelope' },
    },
    {
      name: 'views-are-pure',
      comment: 'From row to answer, without a database or a setting.',
      severity: 'error',
      from: { path: '^src/modules/.*view\\.ts$' },
      to: {
        path: '^node_modules/@nestjs/|^src/(database|config|redis)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'class-transformer-on-input-only',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(config|protocol/validation)/|/dto/' },
      to: { path: '^node_modules/class-transformer/' },
    },
    {
      name: 'audit-is-written-by-repositories-only',
      comment: "Write the row in the statement of the change, in the module's *.repository.ts.",
      severity: 'error',
      from: { path: '^src/modules/(?!audit/)', pathNot: '\\.repository\\.ts$' },
      to: { path: '^src/modules/audit/(audit-row|audit\\.repository|audit-bound|entities/)' },
    },
    PUBLIC_FACE,
    {
      name: 'stores-and-decoders-behind-their-classes',
      comment: 'Who stores pictures where, and who decodes them, is known in one place each.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: '\\.avatar-storage\\.ts$|picture-[a-z]+\\.ts$|captcha-picture\\.ts$',
      },
      to: { path: '^node_modules/(@aws-sdk|sharp)/' },
    },
    {
      name: 'redis-behind-its-connection',
      comment: 'What happens while Redis is away is decided in one place.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/redis/' },
      to: { path: '^node_modules/ioredis/' },
    },
    {
      name: 'tracing-is-loaded-where-it-is-on',
      comment:
        'OpenTelemetry stands behind one file, which is imported only where a collector is set.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/tracing/(otlp-tracing|reporting-exporter)\\.ts$' },
      to: {
        path: '^node_modules/@opentelemetry/|^src/tracing/(otlp-tracing|reporting-exporter)\\.ts$',
        dynamic: false,
      },
    },
    {
      name: 'no-undeclared-package',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev', 'unknown'] },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    // A copy of the tree may borrow this one's packages.
    preserveSymlinks: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.spec\\.ts$' },
  },
};
