// What the generators write.

/** Templates of a module, and where each goes. */
export const MODULE_FILES = {
  'module.ts': 'src/modules/{{name}}/{{name}}.module.ts',
  'controller.ts': 'src/modules/{{name}}/{{name}}.controller.ts',
  'service.ts': 'src/modules/{{name}}/{{name}}.service.ts',
  'repository.ts': 'src/modules/{{name}}/{{name}}.repository.ts',
  'listener.ts': 'src/modules/{{name}}/{{name}}.listener.ts',
  'view.ts': 'src/modules/{{name}}/{{name}}.view.ts',
  'view.spec.ts': 'src/modules/{{name}}/{{name}}.view.spec.ts',
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
  'e2e-spec.ts': 'test/{{name}}/{{name}}.e2e-spec.ts',
};

/** Of those, an entity's; `module` is whose it is. */
export const ENTITY_FILES = {
  'entities/entity.ts': 'src/modules/{{module}}/entities/{{name}}.entity.ts',
  'migration.ts': MODULE_FILES['migration.ts'],
  'constraints.ts': MODULE_FILES['constraints.ts'],
};

/** Templates of an action, and where each goes. */
export const ACTION_FILES = {
  'dto.ts': 'src/modules/{{name}}/dto/{{name}}-{{action}}.dto.ts',
  'e2e-spec.ts': 'test/{{name}}/{{name}}-{{action}}.e2e-spec.ts',
};
