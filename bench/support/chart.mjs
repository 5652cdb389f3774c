// Results as a picture.

/** @typedef {{ label: string, value: number, isOurs: boolean }} Bar */

const WIDTH = 720;
const LABEL_WIDTH = 110;
const VALUE_WIDTH = 90;
const BAR_HEIGHT = 22;
const GAP = 8;
const TITLE_HEIGHT = 38;
const OURS = '#c2410c';
const OTHERS = '#64748b';

/** @param {string} text */
const escape = (text) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

/**
 * An SVG of horizontal bars, one group below the other, each on a scale of its own.
 *
 * @param {readonly { title: string, unit: string, bars: readonly Bar[] }[]} groups
 */
export function barChart(groups) {
  let top = 0;
  const parts = groups.flatMap(({ title, unit, bars }) => {
    const most = Math.max(...bars.map(({ value }) => value));
    const heading = `<text x="10" y="${top + 25}" class="title">${escape(title)}</text>`;
    top += TITLE_HEIGHT;
    const rows = bars.map(({ label, value, isOurs }) => {
      const length = Math.max(1, (value / most) * (WIDTH - LABEL_WIDTH - VALUE_WIDTH));
      const row = [
        `<text x="${LABEL_WIDTH - 8}" y="${top + 16}" text-anchor="end">${escape(label)}</text>`,
        `<rect x="${LABEL_WIDTH}" y="${top}" width="${length.toFixed(1)}" height="${BAR_HEIGHT}" fill="${isOurs ? OURS : OTHERS}"/>`,
        `<text x="${(LABEL_WIDTH + length + 6).toFixed(1)}" y="${top + 16}">${value.toFixed(0)} ${escape(unit)}</text>`,
      ];
      top += BAR_HEIGHT + GAP;
      return row.join('\n');
    });
    return [heading, ...rows];
  });
  const height = top + GAP;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}">
<style>text { font: 13px sans-serif; fill: #1e293b } .title { font-weight: bold; font-size: 15px }</style>
<rect width="${WIDTH}" height="${height}" fill="#fff"/>
${parts.join('\n')}
</svg>
`;
}
