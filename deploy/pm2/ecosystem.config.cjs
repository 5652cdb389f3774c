// Two instances of the service, on ports 3001 and 3002: raise `instances` to the number of cores.
// Start them with: PM2_KILL_SIGNAL=SIGTERM pm2 start deploy/pm2/ecosystem.config.cjs
const { join } = require('node:path');

module.exports = {
  apps: [
    {
      name: 'nest-shopxo',
      // Whose .env has the settings that all instances share, such as DATABASE_URL.
      cwd: join(__dirname, '../..'),
      script: 'dist/src/main.js',
      node_args: ['--max-semi-space-size=16', '--heap-growing-percent=100'],
      // Each instance has its own port. In PM2's cluster mode every connection would pass through PM2.
      exec_mode: 'fork',
      instances: 2,
      increment_var: 'PORT',
      env: {
        NODE_ENV: 'production',
        PORT: '3001',
        // Behind nginx on this machine, which is the one proxy.
        TRUST_PROXY: '1',
        SHUTDOWN_DELAY_MS: '2000',
      },
      // Longer than a stop, see docs/operations.md.
      kill_timeout: 45_000,
      // Also when the database is away at the start, for as long as it is.
      restart_delay: 5_000,
    },
  ],
};
