import { readFileSync } from 'node:fs';

/** A route as the API description has it. */
export interface Route {
  /** `/controller/action`. */
  readonly path: string;
  readonly methods: readonly string[];
  /** Every parameter, those of all routes included, with a value that it may have. */
  readonly examples: Readonly<Record<string, string>>;
  /** Takes a file in a multipart field of this name. */
  readonly fileField?: string;
}

interface Property {
  readonly type?: string;
  readonly format?: string;
  readonly example?: string | number;
  readonly enum?: readonly string[];
}

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly schema: Property }[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: { readonly $ref: string } }>>;
  };
}

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<
      Record<string, { readonly properties?: Readonly<Record<string, Property>> }>
    >;
  };
}

const description = JSON.parse(
  readFileSync(new URL('../../../docs/openapi.json', import.meta.url), 'utf8'),
) as Description;

const exampleOf = ({ example, enum: values, type }: Property): string =>
  String(example ?? values?.[0] ?? (type === 'integer' ? 1 : ''));

function propertiesOf(operation: Operation): [string, Property][] {
  const content = Object.values(operation.requestBody?.content ?? {})[0];
  const name = content?.schema.$ref.split('/').at(-1);
  const properties = name === undefined ? {} : description.components.schemas[name]?.properties;
  return [
    ...(operation.parameters ?? []).map(({ name, schema }): [string, Property] => [name, schema]),
    ...Object.entries(properties ?? {}),
  ];
}

/** Every route of ShopXO's protocol; those of the health checks are not. */
export const ROUTES: readonly Route[] = Object.entries(description.paths)
  .filter(([path]) => !path.startsWith('/health/'))
  .map(([path, operations]) => {
    const properties = Object.values(operations).flatMap(propertiesOf);
    return {
      path,
      methods: Object.keys(operations).map((method) => method.toUpperCase()),
      examples: Object.fromEntries(
        properties.map(([name, property]) => [name, exampleOf(property)]),
      ),
      fileField: properties.find(([, { format }]) => format === 'binary')?.[0],
    };
  });

/** Routes that GET does not serve, because they change something. */
export const WRITES: readonly Route[] = ROUTES.filter(({ methods }) => !methods.includes('GET'));
