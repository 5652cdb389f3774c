// Writes the types of the TypeScript client, which docs/openapi.json describes.
import { readFileSync, writeFileSync } from 'node:fs';
import openapiTypescript, { astToString } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';
import ts from 'typescript';

const target = new URL('../clients/typescript/src/schema.ts', import.meta.url);
const description = JSON.parse(
  readFileSync(new URL('../docs/openapi.json', import.meta.url), 'utf8'),
);
const BLOB = ts.factory.createTypeReferenceNode('Blob');

const types = await openapiTypescript(description, {
  // A file is not text.
  transform: ({ format }) => (format === 'binary' ? BLOB : undefined),
});
const text = `// Made from docs/openapi.json by npm run docs.\n\n${astToString(types)}`;
writeFileSync(
  target,
  await format(text, { ...(await resolveConfig(target)), parser: 'typescript' }),
);
