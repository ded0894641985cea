import type { Calibration } from '../../models/intent/calibration.ts';

const SIZE = 320;
const MARGIN = 44;

/** How often the understanding is right at each stated confidence, as SVG; on the diagonal it is as right as it says. */
export function reliabilityPlot({ bins, error }: Calibration): string {
  const x = (share: number): number => MARGIN + share * SIZE;
  const y = (share: number): number => MARGIN + (1 - share) * SIZE;
  const most = Math.max(...bins.map(({ count }) => count), 1);
  const bars = bins
    .filter(({ count }) => count > 0)
    .map(({ from, accuracy, count }) => {
      const title = `stated ${from.toFixed(1)} to ${(from + 0.1).toFixed(1)}: right ${(accuracy * 100).toFixed(0)} % of ${count}`;
      const opacity = (0.35 + 0.65 * Math.sqrt(count / most)).toFixed(2);
      return `<rect x="${(x(from) + 2).toFixed(1)}" y="${y(accuracy).toFixed(1)}" width="${SIZE / 10 - 4}" height="${(accuracy * SIZE).toFixed(1)}" rx="3" fill="#3b6fd4" fill-opacity="${opacity}"><title>${title}</title></rect>`;
    });
  const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1].flatMap((tick) => [
    `<text x="${x(tick)}" y="${y(0) + 18}" text-anchor="middle">${tick}</text>`,
    `<text x="${x(0) - 8}" y="${y(tick) + 4}" text-anchor="end">${tick}</text>`,
    `<line x1="${x(0)}" x2="${x(1)}" y1="${y(tick)}" y2="${y(tick)}" stroke="#8885" />`,
  ]);
  const side = SIZE + 2 * MARGIN;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" width="${side}" height="${side}" font-family="system-ui, sans-serif" font-size="12" fill="#777">
<rect width="100%" height="100%" rx="8" fill="#fff" />
${ticks.join('\n')}
${bars.join('\n')}
<line x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}" stroke="#d4503b" stroke-dasharray="5 4" />
<text x="${x(0.5)}" y="${side - 8}" text-anchor="middle">stated confidence</text>
<text x="14" y="${y(0.5)}" text-anchor="middle" transform="rotate(-90 14 ${y(0.5)})">share that is right</text>
<text x="${x(0)}" y="${MARGIN - 14}">calibration error ${error.toFixed(3)}</text>
</svg>
`;
}
