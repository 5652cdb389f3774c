const { readdirSync } = require('node:fs');
const { join } = require('node:path');

/** What a module may import of others: folders, or files of them, as regular expressions. */
const MAY_IMPORT = {
  account: [
    'audit/(audit\\.(module|service)|audit-(action|row))\\.ts',
    'personal/(entities/user\\.entity|live-account|personal\\.(module|service|openapi)|user\\.view)\\.ts',
    'session/session\\.(module|service)\\.ts',
    'verification/(verification\\.(module|service|failures)|(code-)?captcha\\.service|code-client|account-format|channels)\\.ts',
  ],
  agreement: [],
  audit: [],
  avatar: [
    'personal/(entities/user(-avatar)?\\.entity|avatar-urls|live-account(\\.repository)?|personal\\.module)\\.ts',
  ],
  bootstrap: [
    'account/(account\\.module|account-type|code\\.service)\\.ts',
    'personal/(avatar-urls|personal\\.(module|service|openapi)|user\\.view)\\.ts',
  ],
  demonstration: [
    'personal/entities/user\\.entity\\.ts',
    'session/session\\.(module|service)\\.ts',
  ],
  health: [],
  personal: ['audit/(audit\\.(module|service|messages)|audit-(action|entry|row))\\.ts'],
  region: [],
  'security-notice': ['account/account\\.events\\.ts', 'sending/'],
  sending: [],
  session: ['audit/audit-(action|row)\\.ts', 'personal/(entities/user\\.entity|live-account)\\.ts'],
  'user-address': [
    'audit/audit-(action|row)\\.ts',
    'region/region\\.(module|service)\\.ts',
    'avatar/(avatar\\.(module|repository)|avatar-path|picture-(uses|encoder|removal)|storage/avatar-storage)\\.ts',
    'account/account\\.events\\.ts',
    'personal/(entities/user(-avatar)?\\.entity|live-account(\\.repository)?|avatar-urls|personal\\.module)\\.ts',
  ],
  verification: ['sending/'],
};

/** A module that is not named above belongs to users, and hears what happens to them. */
const BY_DEFAULT = [
  'personal/(entities/user\\.entity|live-account(\\.repository)?|personal\\.module)\\.ts',
  '[^/]+/[^/]+\\.events\\.ts',
];

const moduleRules = readdirSync(join(__dirname, 'src/modules')).map((module) => ({
  name: `${module}-imports-what-it-may`,
  severity: 'error',
  from: { path: `^src/modules/${module}/` },
  to: {
    path: `^src/modules/(?!${[`${module}/`, ...(MAY_IMPORT[module] ?? BY_DEFAULT)].join('|')})`,
  },
}));

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
      severity: 'error',
      from: { path: '^src/(config|database|events|logging|redis|tracing)/' },
      to: { path: '^src/(modules|protocol)/' },
    },
    {
      name: 'config-knows-nothing',
      severity: 'error',
      from: { path: '^src/config/' },
      to: { path: '^src/(?!config/)' },
    },
    {
      name: 'protocol-knows-no-module',
      comment: 'It declares what it needs as an injection token; a module provides it.',
      severity: 'error',
      from: { path: '^src/protocol/' },
      to: { path: '^src/(modules|database)/' },
    },
    {
      name: 'limits-know-failures-and-addresses',
      comment: 'They stand below the protocol, which counts requests with them.',
      severity: 'error',
      from: { path: '^src/limits/' },
      to: { path: '^src/protocol/(?!(retry-later|client-address|request-context)\\.ts$)' },
    },
    {
      name: 'modules-limit-by-the-limiters',
      severity: 'error',
      from: { path: '^src/modules/' },
      to: {
        path: '^src/limits/(?!(limits\\.module|rate-limiter|attempt\\.service|expiring-map)\\.ts$)',
      },
    },
    {
      name: 'only-the-top-knows-modules',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(modules/|(app|app\\.module|schema|welcome)\\.ts$)' },
      to: { path: '^src/modules/' },
    },
    {
      name: 'only-repositories-speak-to-the-database',
      severity: 'error',
      from: { path: '^src/modules/', pathNot: '\\.(repository|health-indicator)\\.ts$' },
      to: { path: '^src/database/|^node_modules/(@types/)?(pg|@nestjs/typeorm|@electric-sql)/' },
    },
    {
      name: 'only-entities-and-repositories-know-the-mapper',
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
      severity: 'error',
      from: { path: '^src/modules/', pathNot: '\\.(controller|middleware)\\.ts$' },
      to: {
        path:
          '^node_modules/(@types/express|express|@nestjs/platform-express)|^(node:)?https?$|' +
          '^src/protocol/(request|action)\\.decorators\\.ts$|^src/protocol/request-context',
      },
    },
    {
      name: 'modules-build-no-envelope',
      comment: 'They return data or throw a failure; the protocol answers.',
      severity: 'error',
      from: { path: '^src/modules/' },
      to: { path: '^src/protocol/envelope' },
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
      severity: 'error',
      from: { path: '^src/modules/(?!audit/)', pathNot: '\\.repository\\.ts$' },
      to: { path: '^src/modules/audit/(audit-row|audit\\.repository|audit-bound|entities/)' },
    },
    ...moduleRules,
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
