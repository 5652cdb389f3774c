// The generators behind npm run new:module and npm run new:action.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import {
  actionNames,
  checkModule,
  checkNewEntity,
  checkOwner,
  checkNewAction,
  checkNewModule,
  moduleNames,
  root,
} from './names.mjs';
import { nextTimestamp, registerAction, registerEntity, registerModule } from './register.mjs';

/** Templates of a module, and where each goes. */
const MODULE_FILES = {
  'module.ts': 'src/modules/{{name}}/{{name}}.module.ts',
  'controller.ts': 'src/modules/{{name}}/{{name}}.controller.ts',
  'service.ts': 'src/modules/{{name}}/{{name}}.service.ts',
  'repository.ts': 'src/modules/{{name}}/{{name}}.repository.ts',
  'listener.ts': 'src/modules/{{name}}/{{name}}.listener.ts',
  'view.ts': 'src/modules/{{name}}/{{name}}.view.ts',
  'view.spec.ts': 'src/modules/{{name}}/{{name}}.view.spec.ts',
  'failures.ts': 'src/modules/{{name}}/{{name}}.failures.ts',
  'messages.ts': 'src/modules/{{name}}/{{name}}.messages.ts',
  'openapi.ts': 'src/modules/{{name}}/{{name}}.openapi.ts',
  'dto/save.dto.ts': 'src/modules/{{name}}/dto/save-{{name}}.dto.ts',
  'dto/delete.dto.ts': 'src/modules/{{name}}/dto/delete-{{name}}.dto.ts',
  'entities/entity.ts': 'src/modules/{{name}}/entities/{{name}}.entity.ts',
  'locales/zh.json': 'src/modules/{{name}}/locales/zh.json',
  'locales/en.json': 'src/modules/{{name}}/locales/en.json',
  'locales/cht.json': 'src/modules/{{name}}/locales/cht.json',
  'locales/spa.json': 'src/modules/{{name}}/locales/spa.json',
  'migration.ts': 'src/database/migrations/{{timestamp}}-{{name}}.ts',
  'constraints.ts': 'test/constraints/{{name}}.ts',
  'e2e-spec.ts': 'test/{{name}}.e2e-spec.ts',
};

/** Of those, an entity's; `module` is whose it is. */
const ENTITY_FILES = {
  'entities/entity.ts': 'src/modules/{{module}}/entities/{{name}}.entity.ts',
  'migration.ts': MODULE_FILES['migration.ts'],
  'constraints.ts': MODULE_FILES['constraints.ts'],
};

const ACTION_FILES = {
  'dto.ts': 'src/modules/{{name}}/dto/{{name}}-{{action}}.dto.ts',
  'e2e-spec.ts': 'test/{{name}}-{{action}}.e2e-spec.ts',
};

export default function generators(plop) {
  plop.setGenerator('module', {
    description: "a module with a user's own records: list, save, delete",
    prompts: [
      {
        name: 'name',
        type: 'input',
        message: 'Name, in lower-case words with hyphens',
        validate: checkNewModule,
      },
    ],
    actions: ({ name }) => {
      const data = { ...moduleNames(name), timestamp: nextTimestamp() };
      return [...files('module', MODULE_FILES, data), () => registerModule(data), format, describe];
    },
  });

  plop.setGenerator('entity', {
    description: "one more table of a module, with a user's own rows",
    prompts: [
      { name: 'module', type: 'input', message: 'Module', validate: checkOwner },
      {
        name: 'name',
        type: 'input',
        message: 'Name, in lower-case words with hyphens',
        validate: (name, { module }) => checkNewEntity(module, name),
      },
    ],
    actions: ({ module, name }) => {
      const data = { ...moduleNames(name), module, timestamp: nextTimestamp() };
      return [...files('module', ENTITY_FILES, data), () => registerEntity(data), format];
    },
  });

  plop.setGenerator('action', {
    description: 'one more endpoint of a module',
    prompts: [
      { name: 'module', type: 'input', message: 'Module', validate: checkModule },
      {
        name: 'action',
        type: 'input',
        message: 'Action, one lower-case word',
        validate: (action, { module }) => checkNewAction(module, action),
      },
    ],
    actions: ({ module, action }) => {
      const data = { ...moduleNames(module), ...actionNames(action) };
      return [...files('action', ACTION_FILES, data), () => registerAction(data), format, describe];
    },
  });
}

/** Actions that write the templates' files, and none over another. */
const files = (generator, paths, data) =>
  Object.entries(paths).map(([template, path]) => ({
    type: 'add',
    path: join(root, path),
    templateFile: `templates/${generator}/${template}.hbs`,
    data,
    abortOnFail: true,
  }));

const format = () => run('npx', ['prettier', '--log-level', 'warn', '--write', 'src', 'test']);

const describe = () => run('npm', ['run', '--silent', 'docs']);

function run(command, parameters) {
  const { status } = spawnSync(command, parameters, { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${command} ${parameters.join(' ')} failed`);
  return `${command} ${parameters.join(' ')}`;
}
