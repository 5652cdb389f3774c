import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { HttpSettings } from '../../config/http.settings.js';
import { RuntimeSettings } from '../../config/runtime.settings.js';
import { METHODS_EXTENSION } from '../routing/action.decorators.js';
import { describeQueries } from './query-parameters.js';

/** Where the description is served: a page for people here, the document below it. */
export const DOCS_PATH = 'docs';

/** What a method of a path does. */
interface Operation {
  readonly [METHODS_EXTENSION]?: readonly string[];
}

/** The OpenAPI document of every action, with the methods that it really serves. */
export function buildOpenApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('nest-shopxo')
    .setDescription(
      'A ShopXO-compatible shop backend. Every action also answers under ' +
        '`/api.php?s=controller/action` and `/api.php/controller/action`, and takes its token from ' +
        '`Authorization: Bearer`, or from `token` in the body or the query string. A client ' +
        'that asks too often gets code -429; `Retry-After` tells how many seconds to wait.',
    )
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: '32 hexadecimal digits' })
    .build();
  const document = SwaggerModule.createDocument(app, config);
  describeQueries(document);
  for (const [path, operations] of Object.entries(document.paths)) {
    document.paths[path] = servedOf(operations as Record<string, Operation>);
  }
  return document;
}

/** Leaves out what `@All()` promises and the action refuses, and the note that tells it. */
const servedOf = (operations: Record<string, Operation>): Record<string, Operation> =>
  Object.fromEntries(
    Object.entries(operations).flatMap(
      ([method, { [METHODS_EXTENSION]: methods, ...described }]) =>
        method !== 'head' && (methods?.includes(method.toUpperCase()) ?? true)
          ? [[method, described]]
          : [],
    ),
  );

/** True if the description is served: by default everywhere but in production. */
export const servesOpenApi = (app: INestApplication): boolean =>
  app.get(HttpSettings).apiDocs ?? app.get(RuntimeSettings).nodeEnv !== 'production';

/** Serves the description. It is made at the first request for it. */
export function serveOpenApi(app: INestApplication): void {
  SwaggerModule.setup(DOCS_PATH, app, () => buildOpenApiDocument(app), {
    jsonDocumentUrl: `${DOCS_PATH}/openapi.json`,
    customSiteTitle: 'nest-shopxo API',
    raw: ['json'],
  });
}
