import { folderGraph } from '../../scripts/folder-graph.mjs';

type Graph = ReadonlyMap<string, readonly string[]>;

/** The way back to a folder along imports, undefined where there is none. */
function circleOf(start: string, graph: Graph): string[] | undefined {
  const seen = new Set<string>();
  const wayFrom = (folder: string): string[] | undefined => {
    for (const next of graph.get(folder) ?? []) {
      if (next === start) return [folder, start];
      if (seen.has(next)) continue;
      seen.add(next);
      const way = wayFrom(next);
      if (way) return [folder, ...way];
    }
    return undefined;
  };
  return wayFrom(start);
}

const circles = (graph: Graph): string[] =>
  [...graph.keys()].flatMap((folder) => circleOf(folder, graph)?.join(' → ') ?? []);

it('no folder of src imports one that imports it, in however many steps', async () => {
  const graph = await folderGraph();
  expect(graph.get('src/modules/personal')).toContain('src/database');
  expect(circles(graph)).toEqual([]);
});

it('a circle would be found out', () => {
  const graph = new Map([
    ['a', ['b']],
    ['b', ['d', 'c']],
    ['c', ['d', 'b']],
    ['d', []],
  ]);
  expect(circles(graph)).toEqual(['b → c → b', 'c → b → c']);
});
