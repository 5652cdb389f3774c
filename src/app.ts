import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import cors from 'cors';
import express from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { AppModule } from './app.module.js';
import { DatabaseSettings } from './config/database.settings.js';
import { HttpSettings } from './config/http.settings.js';
import { PROJECT_ROOT } from './config/project-root.js';
import { RuntimeSettings } from './config/runtime.settings.js';
import { pickSettings, type Settings } from './config/settings.js';
import { AppDataSource } from './database/app-data-source.js';
import { createLogger, NestLogger } from './logging/logger.js';
import { requestLog } from './logging/request-log.middleware.js';
import { serveOpenApi } from './openapi/openapi.js';
import { ActionTable } from './protocol/action-table.js';
import { actionRouter } from './protocol/action-router.middleware.js';
import { bodyParser } from './protocol/body-parser.middleware.js';
import { answerClientError } from './protocol/client-error.js';
import { requestContext } from './protocol/request-context.middleware.js';
import { schema } from './schema.js';

const PUBLIC_FOLDER = fileURLToPath(new URL('public', PROJECT_ROOT));

const STATIC_MAX_AGE_SECONDS = 7 * 24 * 60 * 60;

/** Milliseconds for a request's headers, and for the whole of it, to arrive. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;

/** Seconds for which a browser may keep a preflight's answer. */
const PREFLIGHT_MAX_AGE_SECONDS = 600;

/**
 * Opens the database, applies what it lacks, and makes the application, ready to listen.
 *
 * @throws DataDirInUseError when another process has the embedded database's folder
 */
export async function createApp(settings: Settings): Promise<NestExpressApplication> {
  const dataSource = new AppDataSource(pickSettings(settings, DatabaseSettings), schema);
  await dataSource.initialize();
  await dataSource.migrate();
  const logger = createLogger(pickSettings(settings, RuntimeSettings));
  const app = await NestFactory.create<NestExpressApplication>(
    AppModule.forRoot(settings, dataSource),
    {
      bodyParser: false,
      abortOnError: false,
      forceCloseConnections: true,
      logger: new NestLogger(logger),
    },
  );
  configure(app, logger);
  return app;
}

/** The way of a request up to Nest's router. */
function configure(app: NestExpressApplication, logger: Logger): void {
  const settings = app.get(HttpSettings);
  const runtime = app.get(RuntimeSettings);
  app.set('etag', false);
  app.set('trust proxy', settings.trustProxy);
  app.enableShutdownHooks();
  const server = app.getHttpServer();
  server.on('clientError', answerClientError);
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;

  app.use(requestContext);
  app.use(requestLog(logger));
  app.use(
    helmet({
      // Pictures are shown by shop pages of other origins.
      crossOriginResourcePolicy: { policy: 'cross-origin' },
      // The service may stand behind plain HTTP on a developer's network.
      contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } },
    }),
  );
  app.use(
    cors({
      origin: allowedOrigins(settings, runtime),
      methods: ['GET', 'POST', 'OPTIONS'],
      allowedHeaders: ['content-type', 'authorization'],
      exposedHeaders: ['x-request-id', 'retry-after'],
      credentials: false,
      maxAge: PREFLIGHT_MAX_AGE_SECONDS,
    }),
  );
  app.use(
    '/static',
    express.static(`${PUBLIC_FOLDER}/static`, {
      index: false,
      redirect: false,
      setHeaders: (response) =>
        response.setHeader('Cache-Control', `public, max-age=${STATIC_MAX_AGE_SECONDS}`),
    }),
  );
  serveOpenApi(app);
  app.use(actionRouter(app.get(ActionTable)));
  app.use(bodyParser);
}

/** Any origin while developing, none in production unless configured. */
function allowedOrigins(
  settings: HttpSettings,
  runtime: RuntimeSettings,
): cors.CorsOptions['origin'] {
  const origins = settings.corsOrigins ?? (runtime.nodeEnv === 'production' ? [] : ['*']);
  return origins[0] === '*' ? '*' : origins;
}
