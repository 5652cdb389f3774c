/**
 * A figure in Prometheus' text format.
 *
 * @param series such as `name{label="x"}`
 * @returns undefined where it has not been counted
 */
export function figureIn(text: string, series: string): number | undefined {
  const line = text.split('\n').find((one) => one.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
}
