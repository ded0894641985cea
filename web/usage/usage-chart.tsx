import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { formatTokens } from '../client/index.ts';
import { dayTicks, type ChartDay, type Series } from './series.ts';

interface UsageChartProps {
  days: readonly ChartDay[];
  series: readonly Series[];
  /** What it shows, in a sentence. */
  label: string;
  /** `November`, for the day under the pointer. */
  month: string;
}

const HEIGHT_PX = 220;
const AXIS = { stroke: 'var(--line)', tick: { fill: 'var(--text-faint)', fontSize: 12 } } as const;

/** Tokens of each day, stacked by operation. The same numbers stand in a table, which is what a screen reader has. */
export default function UsageChart({ days, series, label, month }: UsageChartProps) {
  return (
    <div className="chart" role="img" aria-label={label}>
      <ResponsiveContainer width="100%" height={HEIGHT_PX}>
        <BarChart
          data={[...days]}
          stackOffset="sign"
          accessibilityLayer={false}
          margin={{ top: 8, right: 4, bottom: 0, left: 0 }}
          barCategoryGap="22%"
        >
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis dataKey="day" ticks={dayTicks(days.length)} interval={0} {...AXIS} tickLine={false} />
          <YAxis {...AXIS} tickLine={false} axisLine={false} width="auto" tickFormatter={formatTokens} />
          <Tooltip
            cursor={{ fill: 'var(--sunken)' }}
            isAnimationActive={false}
            content={({ active, label: day }) =>
              active && typeof day === 'number' ? (
                <DayDetail day={days[day - 1]} series={series} month={month} />
              ) : null
            }
          />
          {series.map(({ key, name, colour }) => (
            <Bar
              key={key}
              dataKey={(day: ChartDay) => day.tokens[key] ?? 0}
              name={name}
              stackId="tokens"
              fill={colour}
              maxBarSize={26}
              isAnimationActive={false}
            />
          ))}
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}

interface DayDetailProps {
  day: ChartDay | undefined;
  series: readonly Series[];
  month: string;
}

function DayDetail({ day, series, month }: DayDetailProps) {
  if (!day) return null;
  const shown = series.filter(({ key }) => (day.tokens[key] ?? 0) !== 0);
  return (
    <div className="chart-detail">
      <b>
        {day.day} {month}
      </b>
      {shown.length === 0 && <span>no tokens</span>}
      {shown.map(({ key, name, colour }) => (
        <span key={key}>
          <i className="swatch" style={{ background: colour }} />
          {name} <span className="number">{formatTokens(day.tokens[key] ?? 0)}</span>
        </span>
      ))}
    </div>
  );
}
