import { lazy, Suspense, useId, useMemo, useState } from 'react';
import {
  formatTokens,
  operationName,
  sayMonth,
  sayPrice,
  sayTokens,
  type MonthUsage,
} from '../client/index.ts';
import { chartDays, seriesOf, type Series } from './series.ts';
import { UsageLines } from './usage-lines.tsx';
import { UsageTable } from './usage-table.tsx';
import type { MonthView } from './use-month.ts';

/** Only who looks at the chart needs the library for it. */
const UsageChart = lazy(() => import('./usage-chart.tsx'));

interface MonthDetailsProps {
  view: MonthView;
  onMore: () => void;
  loadingMore: boolean;
}

/** A month: its days, its operations, its lines. */
export function MonthDetails({ view, onMore, loadingMore }: MonthDetailsProps) {
  const { usage, items } = view;
  const series = useMemo(() => seriesOf(usage), [usage]);
  if (items.length === 0 && usage.operations.length === 0) return <NothingUsed view={view} />;
  return (
    <>
      {series.length > 0 && <Days usage={usage} series={series} />}
      <Operations usage={usage} series={series} />
      <UsageLines items={items} hasMore={view.next !== null} onMore={onMore} loadingMore={loadingMore} />
    </>
  );
}

function Days({ usage, series }: { usage: MonthUsage; series: readonly Series[] }) {
  const [asTable, setAsTable] = useState(false);
  const tableId = useId();
  const days = useMemo(() => chartDays(usage, series), [usage, series]);
  const month = sayMonth(usage.month);
  const used = usage.days.length;
  const label =
    `Tokens by day in ${month}: ${sayTokens(usage.total)} on ${used} ${used === 1 ? 'day' : 'days'}. ` +
    'The numbers are in the table below.';
  return (
    <section aria-labelledby={`${tableId}-head`}>
      <div className="usage-head">
        <h3 id={`${tableId}-head`}>Tokens by day</h3>
        <button
          type="button"
          className="link"
          aria-expanded={asTable}
          aria-controls={tableId}
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? 'Hide the table' : 'Show as a table'}
        </button>
      </div>
      <Suspense fallback={<div className="chart chart-empty" aria-hidden />}>
        <UsageChart days={days} series={series} label={label} month={month.split(' ')[0] ?? ''} />
      </Suspense>
      <div
        id={tableId}
        className={asTable ? 'usage-table-place' : 'visually-hidden'}
        {...(asTable && { tabIndex: 0, role: 'region', 'aria-label': 'Table of tokens by day' })}
      >
        <UsageTable usage={usage} />
      </div>
    </section>
  );
}

function Operations({ usage, series }: { usage: MonthUsage; series: readonly Series[] }) {
  const colours = new Map(series.map(({ key, colour }) => [key, colour]));
  const rest = series.find(({ key }) => key === 'other')?.colour ?? 'var(--line-strong)';
  return (
    <section aria-label="By operation">
      <h3>What they went to</h3>
      <ul className="operations">
        {usage.operations.map(({ operation, tokens_used: tokens, calls }) => (
          <li key={operation}>
            <i className="swatch" style={{ background: colours.get(operation) ?? rest }} aria-hidden />
            <span className="operation-name">{operationName(operation)}</span>
            <span className="usage-soft">
              {calls} {calls === 1 ? 'time' : 'times'}
            </span>
            <span className="number">{formatTokens(tokens)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const EXAMPLES = [
  'Draft an email to professor Lang about my exam',
  'Write a friendly email to Anna about the trip',
];

function NothingUsed({ view }: { view: MonthView }) {
  if (view.choice === 'last')
    return <p className="usage-empty">No tokens were used in {sayMonth(view.usage.month)}.</p>;
  return (
    <section className="usage-empty" aria-label="Nothing used">
      <h3>Everyday requests cost nothing</h3>
      <p>
        Tasks, lists, questions and drafts from a template need no tokens, however many you ask for. Emails
        that the language model words for you take {sayPrice(view.summary.feature_costs, 'email_draft_llm')}{' '}
        each:
      </p>
      <ul>
        {EXAMPLES.map((text) => (
          <li key={text}>
            “{text}” <span className="usage-soft">{operationName('email_draft_llm')}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
