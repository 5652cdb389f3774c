// The compiled service's parts, for what runs outside the tests' own compiler.

/** @param {string} module below `src`, without its ending; it must have been built */
export const built = (module) => import(`../../dist/src/${module}.js`);

/**
 * Gives a database its tables.
 *
 * @param {string} url
 */
export async function migrate(url) {
  const [{ AppDataSource }, { DatabaseSettings }, { readSettings }, { schema }] = await Promise.all(
    ['database/app-data-source', 'config/database.settings', 'config/env', 'schema'].map(built),
  );
  const settings = readSettings(DatabaseSettings, { DATABASE_URL: url });
  const dataSource = await new AppDataSource(settings, schema).initialize();
  await dataSource.migrate();
  await dataSource.destroy();
}
