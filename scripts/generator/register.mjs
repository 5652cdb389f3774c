// Makes what was generated known where the house lists such things.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Project, SyntaxKind } from 'ts-morph';
import { root } from './names.mjs';

/** Modules that stand at the end of the list; new ones come before. */
const LAST_MODULES = ['DemonstrationModule', 'HealthModule'];

/** What an action's only parameter is called. */
const NOTE = { zh: '备注', en: 'Note', cht: '備註', spa: 'Nota' };

/** A timestamp for a migration that comes after all others. */
export function nextTimestamp() {
  const used = readdirSync(join(root, 'src/database/migrations'))
    .map((file) => Number.parseInt(file, 10))
    .filter((timestamp) => !Number.isNaN(timestamp));
  return Math.max(Date.now(), ...used.map((timestamp) => timestamp + 1));
}

/** Lists the module, its entity and its migration. */
export function registerModule({ name, Class, timestamp }) {
  edit('src/app.module.ts', (file) => {
    addImport(file, `./modules/${name}/${name}.module.js`, `${Class}Module`);
    const list = listWith(file, 'HealthModule');
    const index = list
      .getElements()
      .findIndex((element) => LAST_MODULES.includes(element.getText()));
    list.insertElement(index, `${Class}Module`);
  });
  registerEntity({ module: name, name, Class, timestamp });
  return 'listed in app.module.ts, schema.ts and migrations/index.ts';
}

/** Lists the entity and its migration. */
export function registerEntity({ module, name, Class, timestamp }) {
  edit('src/schema.ts', (file) => {
    addImport(file, `./modules/${module}/entities/${name}.entity.js`, Class);
    listWith(file, 'User').addElement(Class);
  });
  edit('src/database/migrations/index.ts', (file) => {
    const migration = `${Class}${timestamp}`;
    addImport(file, `./${timestamp}-${name}.js`, migration);
    file
      .getVariableDeclarationOrThrow('migrations')
      .getInitializerIfKindOrThrow(SyntaxKind.ArrayLiteralExpression)
      .addElement(migration);
  });
  return 'listed in schema.ts and migrations/index.ts';
}

/** Adds the action to the module's controller, service, description and texts. */
export function registerAction({ name, Class, camel, action, Action }) {
  const dto = `${Class}${Action}Dto`;
  const folder = `src/modules/${name}`;
  edit(`${folder}/${name}.controller.ts`, (file) => {
    addImport(file, '@nestjs/common', 'Body');
    addImport(file, '../../protocol/routing/action.decorators.js', 'Write');
    addImport(file, `./dto/${name}-${action}.dto.js`, dto);
    addImport(file, `./${name}.openapi.js`, `Api${Class}${Action}`);
    const controller = file.getClassOrThrow(`${Class}Controller`);
    const service = controller
      .getConstructors()[0]
      .getParameters()
      .find((parameter) => parameter.getTypeNodeOrThrow().getText() === `${Class}Service`);
    controller.addMember(`
      @Write('${action}')
      @Api${Class}${Action}()
      ${action}(@Body() dto: ${dto}): { note: string } {
        return this.${service.getName()}.${action}(dto);
      }`);
  });
  edit(`${folder}/${name}.service.ts`, (file) => {
    addImport(file, `./dto/${name}-${action}.dto.js`, dto, true);
    file.getClassOrThrow(`${Class}Service`).addMember(`
      /** The note that was sent; empty where there was none. */
      ${action}({ note = '' }: ${dto}): { note: string } {
        return { note };
      }`);
  });
  edit(`${folder}/${name}.openapi.ts`, (file) => {
    addImport(file, '@nestjs/common', 'applyDecorators');
    for (const used of ['ApiAction', 'ApiBodyTypes', 'objectSchema']) {
      addImport(file, '../../protocol/openapi/openapi.decorators.js', used);
    }
    file.addStatements(`
      export const Api${Class}${Action} = (): MethodDecorator =>
        applyDecorators(
          ApiAction({
            summary: 'Answer the note that was sent',
            token: 'required',
            data: objectSchema({ note: { type: 'string' } }),
            example: { msg: 'success', code: 0, data: { note: 'p001' } },
          }),
          ApiBodyTypes(),
        );`);
  });
  for (const [language, text] of Object.entries(NOTE)) {
    addText(join(root, folder, 'locales', `${language}.json`), 'field.note', text);
  }
  return `added to ${camel}'s controller, service, description and texts`;
}

function edit(path, change) {
  const project = new Project({ skipAddingFilesFromTsConfig: true });
  const file = project.addSourceFileAtPath(join(root, path));
  change(file);
  file.saveSync();
}

/** Imports a name, unless it is. New lines keep the order of the paths around them. */
function addImport(file, path, name, isTypeOnly = false) {
  const existing = file.getImportDeclaration((one) => one.getModuleSpecifierValue() === path);
  if (existing?.getNamedImports().some((one) => one.getName() === name)) return;
  if (existing) {
    existing.addNamedImport(name);
    return;
  }
  const imports = file.getImportDeclarations();
  const next = imports.findIndex((one) => {
    const other = one.getModuleSpecifierValue();
    return other.startsWith('./') && other > path;
  });
  file.insertImportDeclaration(next === -1 ? imports.length : next, {
    moduleSpecifier: path,
    namedImports: [name],
    isTypeOnly,
  });
}

/** The array that names something. */
const listWith = (file, element) =>
  file
    .getDescendantsOfKind(SyntaxKind.ArrayLiteralExpression)
    .find((list) => list.getElements().some((one) => one.getText() === element));

function addText(path, key, text) {
  if (!existsSync(path)) throw new Error(`There is no ${path}`);
  const texts = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, `${JSON.stringify({ ...texts, [key]: texts[key] ?? text }, null, 2)}\n`);
}
