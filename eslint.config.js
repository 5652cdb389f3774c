import js from '@eslint/js';
import regexp from 'eslint-plugin-regexp';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** What the house does not do, each with the reason that a breach is answered with. */
const ENVIRONMENT = [
  "MemberExpression[object.name='process'][property.name='env']",
  "MemberExpression[object.name='process'][property.value='env']",
  'ImportDeclaration[source.value=/^(node:)?process$/]',
].map((selector) => ({ selector, message: 'Only src/config reads the environment.' }));

const EVERYWHERE = [
  {
    selector: "Identifier[name='forwardRef']",
    message: 'Modules stand in layers, which need no forwardRef.',
  },
  {
    selector:
      ":matches(Property[key.name='synchronize'][value.value=true], CallExpression[callee.property.name='synchronize'])",
    message: "Migrations are the schema's only source: no synchronize.",
  },
  {
    selector:
      ':matches(Property[key.name=/^(eager|cascade)$/], CallExpression[callee.name=/^(One|Many)To(One|Many)$/])',
    message: 'A row is written where its module says so: no relation, no cascade.',
  },
  {
    selector:
      ":matches(Property[key.name='code'], CallExpression[callee.name='envelope']) > UnaryExpression[operator='-']",
    message: 'A code has a name in envelope/protocol.exception.ts.',
  },
];

const IN_MODULES = [
  ...EVERYWHERE,
  {
    selector: "NewExpression[callee.name='ProtocolException'] > ObjectExpression:first-child",
    message: "A failure is an entry of its module's *.messages.ts.",
  },
];

const READS =
  'CallExpression[callee.property.name=/^(find|count|exists|sum|average|minimum|maximum|get(One|Many|Raw|Count|Exists))/]';
const WRITES =
  'CallExpression[callee.property.name=/^(save|insert|update|upsert|delete|remove|softDelete|softRemove|increment|decrement)$/]';

const IN_REPOSITORIES = [
  {
    selector: `MethodDefinition:has(${READS}):has(${WRITES}):not(:has(CallExpression[callee.property.name='transaction']))`,
    message:
      'A write that depends on what was read is one conditional statement, or holds a lock in a transaction.',
  },
  {
    selector:
      ":matches(PropertyDefinition, MethodDefinition[kind='constructor'] AssignmentExpression) > CallExpression[callee.property.name='repository']",
    message:
      'A Repository is asked of Database where it is used: one that is kept joins no transaction.',
  },
];

const IN_CONTROLLERS = [
  {
    selector:
      'Decorator > CallExpression[callee.name=/^(Body|Query|Param|Parameters)$/][arguments.length>0]',
    message: 'Parameters come in a DTO, whose rules check them.',
  },
];

const IN_DTOS = [
  {
    selector: 'PropertyDefinition[key.name=/^(user_?id|uid)$/i]',
    message: 'Who asks comes from @CurrentUser(), never from a parameter.',
  },
  {
    selector: 'PropertyDefinition[decorators.length=0]',
    message: 'A parameter has a rule.',
  },
];

const restricted = (...rules) => ({ 'no-restricted-syntax': ['error', ...rules.flat()] });

export default tseslint.config(
  { ignores: ['**/dist/', 'coverage/', 'node_modules/', 'clients/typescript/src/schema.ts'] },
  js.configs.recommended,
  {
    // Callers send long text: no expression may take more than linear time for it.
    files: ['src/**/*.ts', 'scripts/**/*.mjs', 'bench/**/*.{mjs,ts}'],
    ignores: ['**/*.spec.ts'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential' }],
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // Nest's modules are classes with nothing but a decorator.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { varsIgnorePattern: '^_$', argsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      ...restricted(ENVIRONMENT),
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // Structural typing is meant: a DTO is its shape.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      'no-console': 'error',
    },
  },
  {
    // Nest needs the classes of injected parameters at run time, which this rule cannot see.
    files: ['src/**/*.ts', 'bench/**/*.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
  { files: ['src/**/*.ts'], rules: restricted(ENVIRONMENT, EVERYWHERE) },
  { files: ['src/config/**/*.ts'], rules: restricted(EVERYWHERE) },
  {
    files: ['src/modules/**/*.ts'],
    rules: {
      ...restricted(ENVIRONMENT, IN_MODULES),
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['@nestjs/common'],
              // A neighbour that is away is no failure of the module's.
              importNamePattern:
                '^(?!ServiceUnavailable).*Exception$|^(Req|Res|Request|Response|Headers|Session|Ip)$',
              message: 'The protocol speaks HTTP: throw a failure of the catalogue.',
            },
            {
              group: ['typeorm'],
              importNamePattern: '^(DataSource|EntityManager)$',
              message:
                'Ask Database for a repository, a statement or a transaction: an injected DataSource joins no transaction.',
            },
            {
              group: ['@nestjs/common'],
              importNamePattern: '^(Redirect|Sse|Render)$',
              message:
                'A module answers data or a file: the protocol has no redirect, view or stream of events.',
            },
            {
              group: ['@nestjs/platform-express', 'multer'],
              importNamePattern: 'Interceptor$|^MulterModule$|^default$',
              message:
                'A file comes by @Upload() and @UploadedBytes(), within the limits of size, number and time.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['src/modules/**/*.controller.ts'],
    rules: restricted(ENVIRONMENT, IN_MODULES, IN_CONTROLLERS),
  },
  {
    files: ['src/modules/**/*.repository.ts'],
    rules: restricted(ENVIRONMENT, IN_MODULES, IN_REPOSITORIES),
  },
  { files: ['src/modules/**/dto/*.dto.ts'], rules: restricted(ENVIRONMENT, IN_MODULES, IN_DTOS) },
  { files: ['test/**/*.ts', 'src/**/*.spec.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['test/**/*.ts', 'src/**/*.spec.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      // An answer's body is whatever came: the expectations are its types.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['**/*.mjs', '**/*.js', '**/*.cjs'],
    languageOptions: { globals: globals.node },
  },
);
