// The generators behind npm run new:module, new:entity and new:action.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ACTION_FILES, ENTITY_FILES, MODULE_FILES } from './files.mjs';
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

const format = () =>
  run('npx', ['prettier', '--log-level', 'warn', '--cache', '--write', 'src', 'test']);

const describe = () => run('npm', ['run', '--silent', 'docs']);

function run(command, parameters) {
  const { status } = spawnSync(command, parameters, { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${command} ${parameters.join(' ')} failed`);
  return `${command} ${parameters.join(' ')}`;
}
