import { DatabaseSettings } from './src/config/database.settings.js';
import { readSettings } from './src/config/env.js';
import { processEnv } from './src/config/settings.js';
import { AppDataSource } from './src/database/app-data-source.js';
import { schema } from './src/schema.js';

/** The application's data source, configured from the environment, for TypeORM's command line. */
export default new AppDataSource(readSettings(DatabaseSettings, processEnv()), schema, 'none');
