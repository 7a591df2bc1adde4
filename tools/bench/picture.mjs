/** Draws throughput and latency over the number of conversations, ours beside both baselines, as one SVG. */

const width = 880;
const height = 380;
const panel = { top: 84, bottom: 320, width: 270 };
const lefts = [70, 500];

const series = [
  { key: 'ours', label: 'Helpline' },
  { key: 'ceiling', label: 'ceiling' },
  { key: 'plain', label: 'plain' },
];

const style = `
  text { font: 13px system-ui, sans-serif; fill: #1f2328 }
  .title { font-weight: 600; font-size: 15px } .faint { fill: #59636e }
  .axis { stroke: #d1d9e0 } .line { fill: none; stroke-width: 2.5 }
  .ours { stroke: #0969da; color: #0969da } .ceiling { stroke: #9a6700; color: #9a6700 } .plain { stroke: #59636e; color: #59636e }
  .mark { fill: currentColor; stroke: none } .name { fill: currentColor; stroke: none; font-weight: 600 }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc } .faint { fill: #9198a1 } .axis { stroke: #3d444d }
    .ours { stroke: #4493f8; color: #4493f8 } .ceiling { stroke: #d29922; color: #d29922 } .plain { stroke: #9198a1; color: #9198a1 }
  }`;

/** Null as long as there is nothing to draw. */
export function draw(figures) {
  const counts = [...new Set(figures.map(({ name }) => /^chat\.(\d+)\./.exec(name)?.[1]).filter(Boolean))]
    .map(Number)
    .toSorted((a, b) => a - b);
  if (counts.length === 0) return null;
  const valueAt = (key, plain, ceiling) => (count) => {
    const figure = figures.find(({ name }) => name === `chat.${count}.${key === 'ceiling' ? ceiling : plain}`);
    return (key === 'ours' ? figure?.ours : figure?.baseline) ?? 0;
  };
  const panels = [
    { title: 'Throughput, messages a second', names: ['vs-plain', 'vs-ceiling'] },
    { title: 'Latency, 99th percentile in ms', names: ['p99-vs-plain', 'p99-vs-ceiling'] },
  ];
  const drawn = panels.map(({ title, names }, i) =>
    drawPanel(
      title,
      lefts[i],
      counts,
      series.map((one) => ({ ...one, values: counts.map(valueAt(one.key, ...names)) })),
    ),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="Throughput and latency of persisted chat over the number of conversations: Helpline between the plain way and the ceiling">
<style>${style}
</style>
<text x="70" y="30" class="title">Persisted chat as fast as it goes, over the number of conversations</text>
${drawn.join('\n')}
<text x="70" y="${height - 12}" class="faint">plain: an update and an insert a message · ceiling: batched inserts and nothing else</text>
</svg>
`;
}

function drawPanel(title, left, counts, lines) {
  const most = niceAbove(Math.max(...lines.flatMap(({ values }) => values)));
  const x = (i) => left + 20 + (i / Math.max(1, counts.length - 1)) * (panel.width - 40);
  const y = (value) => panel.bottom - (value / most) * (panel.bottom - panel.top);
  const grid = [0, 0.25, 0.5, 0.75, 1].map((part) => {
    const at = y(part * most);
    return `<path class="axis" d="M${left} ${at}h${panel.width}"/><text class="faint" x="${left - 8}" y="${at + 4}" text-anchor="end">${tidy(part * most)}</text>`;
  });
  const ticks = counts.map(
    (count, i) => `<text class="faint" x="${x(i)}" y="${panel.bottom + 20}" text-anchor="middle">${tidy(count)}</text>`,
  );
  const ends = apart(lines.map(({ values }) => y(values.at(-1))));
  const curves = lines.map(({ key, label, values }, k) => {
    const path = values.map((value, i) => `${i === 0 ? 'M' : 'L'}${x(i).toFixed(1)} ${y(value).toFixed(1)}`).join('');
    const marks = values.map(
      (value, i) =>
        `<circle class="mark" cx="${x(i).toFixed(1)}" cy="${y(value).toFixed(1)}" r="3.5"><title>${label}: ${tidy(value)} at ${tidy(counts[i])} conversations</title></circle>`,
    );
    return `<g class="${key}"><path class="line" d="${path}"/>${marks.join('')}<text class="name" x="${left + panel.width - 10}" y="${(ends[k] + 4).toFixed(1)}">${label} ${tidy(values.at(-1))}</text></g>`;
  });
  return `<text x="${left}" y="62">${title}</text>${grid.join('')}${ticks.join('')}${curves.join('')}`;
}

/** Moves labels that would cover each other apart, in their order from the top. */
function apart(positions) {
  const placed = positions.map((position, i) => ({ position, i })).toSorted((a, b) => a.position - b.position);
  for (let k = 1; k < placed.length; k++)
    placed[k].position = Math.max(placed[k].position, placed[k - 1].position + 17);
  return placed.toSorted((a, b) => a.i - b.i).map(({ position }) => position);
}

function niceAbove(value) {
  const step = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return [1, 2, 4, 6, 8, 10].map((factor) => factor * step).find((nice) => nice >= value) ?? value;
}

const tidy = (value) => Math.round(value).toLocaleString('en-US');
