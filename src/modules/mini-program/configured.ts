/** A platform's settings, which its caller has seen to be there (`isConfigured`). */
export function configured<App>(app: App | undefined): App {
  if (app === undefined) throw new Error('a platform was asked that is not configured');
  return app;
}
