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
      name: 'personal-is-below-session',
      severity: 'error',
      from: { path: '^src/modules/personal/' },
      to: { path: '^src/modules/(?!personal/|audit/)' },
    },
    {
      name: 'audit-is-below-personal',
      comment: 'Its table refers to the users; it knows nothing else of them.',
      severity: 'error',
      from: { path: '^src/modules/audit/' },
      to: { path: '^src/modules/(?!audit/|personal/entities/)' },
    },
    {
      name: 'audit-is-written-by-repositories-only',
      severity: 'error',
      from: { path: '^src/modules/(?!audit/)', pathNot: '\\.repository\\.ts$' },
      to: { path: '^src/modules/audit/(audit-row|audit\\.repository|audit-clean-up|entities/)' },
    },
    {
      name: 'attempt-knows-no-module',
      severity: 'error',
      from: { path: '^src/modules/attempt/' },
      to: { path: '^src/modules/(?!attempt/)' },
    },
    {
      name: 'session-is-below-account',
      severity: 'error',
      from: { path: '^src/modules/session/' },
      to: { path: '^src/modules/(?!session/|audit/audit-|personal/(entities/|live-account\\.ts))' },
    },
    {
      name: 'rate-limit-knows-no-module',
      severity: 'error',
      from: { path: '^src/modules/rate-limit/' },
      to: { path: '^src/modules/(?!rate-limit/)' },
    },
    {
      name: 'verification-is-above-rate-limit-only',
      severity: 'error',
      from: { path: '^src/modules/verification/' },
      to: { path: '^src/modules/(?!verification/|rate-limit/)' },
    },
    {
      name: 'avatar-is-above-personal-only',
      severity: 'error',
      from: { path: '^src/modules/avatar/' },
      to: {
        path: '^src/modules/(?!avatar/|personal/avatar-urls\\.ts|personal/live-account\\.ts|personal/personal\\.module\\.ts)',
      },
    },
    {
      name: 'user-address-is-at-the-top',
      comment: 'It knows the public faces of those below, and nobody knows it.',
      severity: 'error',
      from: { path: '^src/modules/(?!user-address/)' },
      to: { path: '^src/modules/user-address/' },
    },
    {
      name: 'user-address-knows-public-faces',
      severity: 'error',
      from: { path: '^src/modules/user-address/' },
      to: {
        path: '^src/modules/(?!user-address/|region/region\\.(module|service)\\.ts|avatar/(avatar\\.module|picture-uses)\\.ts|personal/(entities/user\\.entity|live-account|avatar-urls|personal\\.module)\\.ts)',
      },
    },
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
      name: 'region-is-at-the-bottom',
      severity: 'error',
      from: { path: '^src/modules/region/' },
      to: { path: '^src/modules/(?!region/)' },
    },
    {
      name: 'bootstrap-and-agreement-are-at-the-top',
      severity: 'error',
      from: { path: '^src/modules/', pathNot: '^src/modules/(bootstrap|agreement)/' },
      to: { path: '^src/modules/(bootstrap|agreement)/' },
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
