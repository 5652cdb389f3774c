/** The project's folder, above `src` and above `dist/src` alike. */
export const PROJECT_ROOT = new URL(
  import.meta.url.includes('/dist/') ? '../../../' : '../../',
  import.meta.url,
);
