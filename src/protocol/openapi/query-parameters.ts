import { getSchemaPath, type OpenAPIObject } from '@nestjs/swagger';
import { QUERY_DTO } from './openapi.decorators.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']> & { [QUERY_DTO]?: string };
type Parameter = NonNullable<Operation['parameters']>[number];
type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;

/** Describes the properties of each `@Parameters()` DTO as parameters of the query. */
export function describeQueries(document: OpenAPIObject): void {
  const schemas = document.components?.schemas ?? {};
  const taken = new Set<string>();
  for (const operation of Object.values(document.paths).flatMap(operationsOf)) {
    const { [QUERY_DTO]: name, parameters = [] } = operation;
    if (name === undefined) continue;
    Reflect.deleteProperty(operation, QUERY_DTO);
    operation.parameters = [...parameters, ...parametersOf(schemas[name])];
    taken.add(name);
  }
  const paths = JSON.stringify(document.paths);
  const isOfUse = (name: string) => !taken.has(name) || paths.includes(`"${getSchemaPath(name)}"`);
  document.components = {
    ...document.components,
    schemas: Object.fromEntries(Object.entries(schemas).filter(([name]) => isOfUse(name))),
  };
}

const operationsOf = (path: OpenAPIObject['paths'][string]): Operation[] =>
  Object.values(path) as Operation[];

function parametersOf(dto: Schemas[string] | undefined): Parameter[] {
  if (!dto || !('properties' in dto)) return [];
  return Object.entries(dto.properties ?? {}).map(([name, property]) => {
    const { description, ...schema } = property as typeof dto;
    return {
      name,
      required: dto.required?.includes(name) ?? false,
      in: 'query',
      ...(description !== undefined && { description }),
      schema,
    };
  });
}
