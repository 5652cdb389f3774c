/** What a module may import of others: folders, or files of them, as regular expressions. */
const MAY_IMPORT = {
  attempt: [],
  'rate-limit': [],
  region: [],
  // Its table refers to the users; it knows nothing else of them.
  audit: ['personal/entities/'],
  personal: ['audit/'],
  session: ['audit/audit-', 'personal/(entities/|live-account\\.ts)'],
  verification: ['rate-limit/'],
  avatar: ['personal/(avatar-urls|live-account|personal\\.module)\\.ts'],
  'user-address': [
    'region/region\\.(module|service)\\.ts',
    'avatar/(avatar\\.module|picture-uses)\\.ts',
    'account/account\\.events\\.ts',
    'personal/(entities/user\\.entity|live-account|avatar-urls|personal\\.module)\\.ts',
  ],
};

/** Modules that no other imports. */
const AT_THE_TOP = ['agreement', 'bootstrap', 'user-address'];

const moduleRules = [
  ...Object.entries(MAY_IMPORT).map(([module, others]) => ({
    name: `${module}-imports-what-it-may`,
    severity: 'error',
    from: { path: `^src/modules/${module}/` },
    to: { path: `^src/modules/(?!${[`${module}/`, ...others].join('|')})` },
  })),
  ...AT_THE_TOP.map((module) => ({
    name: `${module}-is-at-the-top`,
    severity: 'error',
    from: { path: `^src/modules/(?!${module}/)` },
    to: { path: `^src/modules/${module}/` },
  })),
];

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
      name: 'only-repositories-speak-to-the-database',
      severity: 'error',
      from: {
        path: '^src/modules/',
        pathNot: '\\.(repository|entity|health-indicator)\\.ts$|\\.spec\\.ts$',
      },
      to: { path: '^src/database/|^node_modules/(typeorm|pg)/' },
    },
    {
      name: 'services-and-repositories-know-no-http',
      severity: 'error',
      from: { path: '^src/modules/.*\\.(service|repository)\\.ts$' },
      to: { path: '^node_modules/(@types/)?express' },
    },
    {
      name: 'audit-is-written-by-repositories-only',
      severity: 'error',
      from: { path: '^src/modules/(?!audit/)', pathNot: '\\.repository\\.ts$' },
      to: { path: '^src/modules/audit/(audit-row|audit\\.repository|audit-clean-up|entities/)' },
    },
    ...moduleRules,
    {
      name: 'stores-and-decoders-behind-their-classes',
      comment: 'Who stores pictures where, and who decodes them, is known in one place each.',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.avatar-storage\\.ts$|picture-[a-z]+\\.ts$' },
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
      name: 'metrics-know-no-module',
      comment: 'They read what the layers below the modules count.',
      severity: 'error',
      from: { path: '^src/metrics/' },
      to: { path: '^src/modules/' },
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
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.spec\\.ts$' },
  },
};
