// Which names the generators take, and what they make of them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

const WORDS = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const WORD = /^[a-z][a-z0-9]*$/;
const MODULE_LENGTH = 30;
const ACTION_LENGTH = 30;

/** Words that a class, a variable or a method of the generated code could not be called. */
const RESERVED = new Set(
  (
    'arguments await break case catch class const constructor continue debugger default delete do ' +
    'else enum eval export extends false finally for function if implements import in instanceof ' +
    'interface let new null package private prototype protected public return static super switch ' +
    'this throw true try typeof var void while with yield'
  ).split(' '),
);

const pascal = (name) =>
  name
    .split('-')
    .map((word) => word[0].toUpperCase() + word.slice(1))
    .join('');

/** Methods that the generated classes have; a field of theirs cannot be called so. */
const METHODS = new Set(['index', 'save', 'delete']);

/** A name in a template: no part of one that is filled in, no first word of a text or a comment. */
const IDENTIFIER = /(?<![\w{}.'"]|\* )([A-Za-z]\w*)(?![\w{])/g;

/** What a method cannot be called: whatever has a `then` is waited for. */
const THENABLE = 'then';

const lowerFirst = (text) => text[0].toLowerCase() + text.slice(1);

/**
 * What a module is called in its different places.
 *
 * @param {string} name lower-case words with hyphens, e.g. `user-address`
 */
export function moduleNames(name) {
  const Class = pascal(name);
  const snake = name.replaceAll('-', '_');
  return {
    name,
    Class,
    camel: lowerFirst(Class),
    snake,
    table: `sxo_${snake}`,
    route: name.replaceAll('-', ''),
  };
}

/** @param {string} action one lower-case word, e.g. `setdefault` */
export const actionNames = (action) => ({ action, Action: pascal(action) });

/** @returns {true | string} what is wrong with a new module's name */
export function checkNewModule(name) {
  if (!WORDS.test(name) || name.length > MODULE_LENGTH) {
    return `A module's name is lower-case words with hyphens, ${MODULE_LENGTH} characters at most, not "${name}"`;
  }
  const { table, route, Class, camel } = moduleNames(name);
  if (RESERVED.has(route) || RESERVED.has(name)) return `"${name}" is a word of the language`;
  if (existsSync(join(root, 'src/modules', name))) return `There is a module "${name}"`;
  if (controllerPaths().has(route)) return `There is a controller for ${route}/...`;
  if (tables().has(table)) return `There is a table ${table}`;
  const used = usedNames();
  const clash = [Class, `${Class}Module`, `${camel}Failures`].find((one) => used.has(one));
  if (clash ?? METHODS.has(name)) return `"${clash ?? name}" is used in generated code already`;
  const taken = [`test/${name}/${name}.e2e-spec.ts`, `test/constraints/${name}.ts`].filter((path) =>
    existsSync(join(root, path)),
  );
  return taken.length === 0 || `There is a file ${taken[0]}`;
}

/** @returns {true | string} what is wrong with the module that is to get an entity */
export const checkOwner = (name) =>
  (WORDS.test(name) && existsSync(join(root, 'src/modules', name, `${name}.module.ts`))) ||
  `There is no module "${name}"`;

/** @returns {true | string} what is wrong with a new entity's name */
export function checkNewEntity(module, name) {
  if (!WORDS.test(name) || name.length > MODULE_LENGTH) {
    return `An entity's name is lower-case words with hyphens, ${MODULE_LENGTH} characters at most, not "${name}"`;
  }
  const { table, Class, camel } = moduleNames(name);
  if (RESERVED.has(name) || RESERVED.has(camel)) return `"${name}" is a word of the language`;
  if (tables().has(table)) return `There is a table ${table}`;
  if (usedNames().has(Class)) return `"${Class}" is used already`;
  const taken = [
    `src/modules/${module}/entities/${name}.entity.ts`,
    `test/constraints/${name}.ts`,
  ].filter((path) => existsSync(join(root, path)));
  return taken.length === 0 || `There is a file ${taken[0]}`;
}

/** @returns {true | string} what is wrong with the module that is to get an action */
export function checkModule(name) {
  const missing = ['controller', 'service', 'messages', 'openapi']
    .map((role) => `src/modules/${name}/${name}.${role}.ts`)
    .filter((path) => !WORDS.test(name) || !existsSync(join(root, path)));
  if (missing.length > 0) return `No module of the usual shape: there is no ${missing[0]}`;
  const controller = readFileSync(join(root, `src/modules/${name}/${name}.controller.ts`), 'utf8');
  return (
    !/^@Public\(\)/m.test(controller) ||
    `${name} is open to everyone; an open action is written and listed by hand`
  );
}

/** @returns {true | string} what is wrong with a new action's name */
export function checkNewAction(module, action) {
  if (!WORD.test(action) || action.length > ACTION_LENGTH) {
    return `An action's name is one lower-case word, ${ACTION_LENGTH} characters at most, not "${action}"`;
  }
  if (RESERVED.has(action) || action === THENABLE) return `"${action}" is a word of the language`;
  const folder = `src/modules/${module}`;
  const source = ['controller', 'service']
    .map((role) => readFileSync(join(root, folder, `${module}.${role}.ts`), 'utf8'))
    .join('\n');
  if (new RegExp(`\\b${action}\\b`).test(source)) return `${module} has something called ${action}`;
  const taken = [
    `${folder}/dto/${module}-${action}.dto.ts`,
    `test/${module}/${module}-${action}.e2e-spec.ts`,
  ].filter((path) => existsSync(join(root, path)));
  return taken.length === 0 || `There is a file ${taken[0]}`;
}

/** The first halves of all routes. */
const controllerPaths = () =>
  new Set(matches('src', /\.controller\.ts$/, /@Controller\('([\w/]+)'\)/g));

const tables = () => new Set(matches('src', /\.entity\.ts$/, /@Entity\('(\w+)'\)/g));

/** What classes and values are called where the new ones come to stand. */
const usedNames = () =>
  new Set([
    ...matches('scripts/generator/templates', /\.ts\.hbs$/, IDENTIFIER),
    ...matches('src', /^(app\.module|schema)\.ts$/, /\b([A-Z]\w*)\b/g),
  ]);

function matches(within, file, pattern) {
  const folder = join(root, within);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => file.test(path))
    .flatMap((path) => [...readFileSync(join(folder, path), 'utf8').matchAll(pattern)])
    .map(([, found]) => found);
}
