// Writes docs/openapi.json, the committed description of the API. Needs no database.
import 'reflect-metadata';
import { mkdirSync, writeFileSync } from 'node:fs';
import { NestFactory } from '@nestjs/core';
import { build } from './build.mjs';

build();
const [{ AppModule }, { AppDataSource }, { loadSettings, pickSettings }] = await Promise.all(
  ['app.module', 'database/app-data-source', 'config/settings'].map(
    (module) => import(`../dist/src/${module}.js`),
  ),
);
const { DatabaseSettings } = await import('../dist/src/config/database.settings.js');
const { buildOpenApiDocument } = await import('../dist/src/protocol/openapi/openapi.js');
const { schema } = await import('../dist/src/schema.js');

const settings = loadSettings({});
const dataSource = new AppDataSource(pickSettings(settings, DatabaseSettings), schema);
const app = await NestFactory.create(AppModule.forRoot(settings, dataSource), { logger: false });
mkdirSync(new URL('../docs/', import.meta.url), { recursive: true });
writeFileSync(
  new URL('../docs/openapi.json', import.meta.url),
  `${JSON.stringify(buildOpenApiDocument(app), null, 2)}\n`,
);
