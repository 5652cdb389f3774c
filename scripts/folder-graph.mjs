import { cruise } from 'dependency-cruiser';

/**
 * Which folder of `src` imports from which, types included. Each folder of `src/modules` stands for itself,
 * and so do files right below `src`.
 *
 * @returns {Promise<Map<string, string[]>>} imported folders by the importing one; all as paths
 */
export async function folderGraph() {
  const { output } = await cruise(['src'], {
    includeOnly: { path: '^src/' },
    exclude: { path: '\\.spec\\.ts$' },
    collapse: '^src/modules/[^/]+|^src/[^/]+',
    tsPreCompilationDeps: true,
  });
  if (typeof output === 'string') throw new Error(output);
  return new Map(
    output.modules.map(({ source, dependencies }) => [
      source,
      [...new Set(dependencies.map(({ resolved }) => resolved))],
    ]),
  );
}
