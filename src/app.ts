import { fileURLToPath } from 'node:url';
import { Logger, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import cors from 'cors';
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { Logger as PinoLogger } from 'pino';
import { AppModule } from './app.module.js';
import { DatabaseSettings } from './config/database.settings.js';
import { HttpSettings } from './config/http.settings.js';
import { LogSettings } from './config/log.settings.js';
import { MetricsSettings } from './config/metrics.settings.js';
import { PROJECT_ROOT } from './config/project-root.js';
import { RuntimeSettings } from './config/runtime.settings.js';
import { ServerSettings } from './config/server.settings.js';
import { pickSettings, type Settings } from './config/settings.js';
import { StaticSettings } from './config/static.settings.js';
import { AppDataSource } from './database/app-data-source.js';
import { RequestLimiter, countRead } from './protocol/limits/request-limiter.js';
import { createLogger, NestLogger } from './logging/logger.js';
import { requestLog } from './logging/request-log.middleware.js';
import { Metrics } from './metrics/metrics.js';
import { requestMetrics } from './metrics/request-metrics.middleware.js';
import { avatarFiles } from './modules/avatar/avatar-files.middleware.js';
import { AVATAR_STORAGE, type AvatarStorage } from './modules/avatar/storage/avatar-storage.js';
import { DOCS_PATH, serveOpenApi, servesOpenApi } from './protocol/openapi/openapi.js';
import { Admission } from './http/admission.js';
import { addressOf, readForwardedAddresses } from './http/client-address.js';
import { entryScript } from './protocol/routing/entry-script.middleware.js';
import { foreignFiles, staticFiles } from './http/static-files.js';
import { HttpServerAdapter } from './http/http-server.adapter.js';
import { requestContext, requireHost } from './protocol/request/request-context.js';
import { refuseUnknown } from './protocol/routing/unknown-route.js';
import { schema } from './schema.js';
import { requestTracing } from './tracing/request-tracing.middleware.js';
import { Tracing } from './tracing/tracing.js';

const PUBLIC_FOLDER = fileURLToPath(new URL('public', PROJECT_ROOT));

const STATIC_MAX_AGE_SECONDS = 7 * 24 * 60 * 60;

/** Files of STATIC_DIR may be replaced under their names; then an ETag tells. */
const FOREIGN_MAX_AGE_SECONDS = 60 * 60;

/** The description changes with the service only, and an ETag tells whether it has. */
const DOCS_MAX_AGE_SECONDS = 300;

/** Seconds for which a browser may keep a preflight's answer. */
const PREFLIGHT_MAX_AGE_SECONDS = 600;

/**
 * Opens the database, applies what it lacks or waits for it, and makes the application, ready to listen.
 *
 * @param modules more than {@link AppModule} lists, for a test of a module of its own
 * @throws DataDirError when another process has the embedded database's folder
 */
export async function createApp(
  settings: Settings,
  modules: Type[] = [],
): Promise<NestExpressApplication> {
  const logger = createLogger(pickSettings(settings, RuntimeSettings));
  Logger.overrideLogger(new NestLogger(logger));
  const databaseSettings = pickSettings(settings, DatabaseSettings);
  const dataSource = new AppDataSource(databaseSettings, schema);
  await dataSource.initialize();
  if (databaseSettings.migrateAtStart) await dataSource.migrate();
  else await dataSource.untilMigrated();
  const adapter = new HttpServerAdapter(pickSettings(settings, ServerSettings));
  const app = await NestFactory.create<NestExpressApplication>(
    AppModule.forRoot(settings, dataSource, modules),
    adapter,
    {
      // Read by the protocol's guard, once the route is known.
      bodyParser: false,
      routeConflictPolicy: { duplicate: 'error', shadow: 'error' },
      abortOnError: false,
      logger: new NestLogger(logger),
    },
  );
  configure(app, adapter, logger);
  return app;
}

/** The way of a request up to Nest's router, which hands it to the guards of `ProtocolModule`. */
function configure(
  app: NestExpressApplication,
  adapter: HttpServerAdapter,
  logger: PinoLogger,
): void {
  const settings = app.get(HttpSettings);
  const runtime = app.get(RuntimeSettings);
  app.disable('x-powered-by');
  app.set('trust proxy', settings.trustProxy);
  // Exit with 0 when asked to stop, not by the signal.
  app.enableShutdownHooks([], { useProcessExit: true });

  app.use(readForwardedAddresses);
  app.use(requestContext);
  app.use(requestTracing(app.get(Tracing)));
  app.use(requestLog(logger, app.get(LogSettings).clientAddress, addressOf));
  if (app.get(MetricsSettings).enabled) app.use(requestMetrics(app.get(Metrics)));
  app.use(apiHeaders());
  app.use(allowOrigins(settings, runtime));
  app.use(app.get(Admission).atHead);
  app.use(requireHost);
  app.use(
    '/static',
    countRead(app.get(RequestLimiter), 'fileReads'),
    staticFiles(`${PUBLIC_FOLDER}/static`, STATIC_MAX_AGE_SECONDS),
  );
  app.use(avatarFiles(app.get<AvatarStorage>(AVATAR_STORAGE)));
  const { dir } = app.get(StaticSettings);
  if (dir !== undefined) app.use('/static', foreignFiles(dir, FOREIGN_MAX_AGE_SECONDS));
  if (servesOpenApi(app)) {
    app.use(
      `/${DOCS_PATH}`,
      countRead(app.get(RequestLimiter), 'publicReads'),
      pageHeaders(),
      cacheDocs,
    );
    serveOpenApi(app);
  }
  app.use(entryScript);
  adapter.useForUnknownRoutes(refuseUnknown(app.get(RequestLimiter)));
}

/** What answers to programs need: nothing of them is a page, but pages of any origin show pictures. */
const apiHeaders = (): RequestHandler =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
  });

/** What the description's page needs. The service may stand behind plain HTTP on a developer's network. */
const pageHeaders = (): RequestHandler =>
  helmet({ contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } });

const cacheDocs: RequestHandler = (_request, response, next) => {
  response.setHeader('Cache-Control', `public, max-age=${DOCS_MAX_AGE_SECONDS}`);
  next();
};

/** Lets pages of the allowed origins call: the uni-app client's browser build does so cross-origin. */
const allowOrigins = (settings: HttpSettings, runtime: RuntimeSettings): RequestHandler =>
  cors({
    origin: allowedOrigins(settings, runtime),
    methods: ['GET', 'POST', 'OPTIONS'],
    allowedHeaders: ['content-type', 'authorization', ...settings.corsAllowedHeaders],
    exposedHeaders: ['x-request-id', 'retry-after'],
    credentials: false,
    maxAge: PREFLIGHT_MAX_AGE_SECONDS,
  });

/** Any origin while developing, none in production unless configured. */
function allowedOrigins(
  settings: HttpSettings,
  runtime: RuntimeSettings,
): cors.CorsOptions['origin'] {
  const origins = settings.corsOrigins ?? (runtime.nodeEnv === 'production' ? [] : ['*']);
  return origins[0] === '*' ? '*' : origins;
}
