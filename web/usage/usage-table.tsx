import { formatTokens, operationName, type MonthUsage } from '../client/index.ts';

/** The numbers of the chart, day by day; wider than the screen it scrolls for itself. */
export function UsageTable({ usage }: { usage: MonthUsage }) {
  const operations = usage.operations.filter(({ tokens_used: tokens }) => tokens !== 0);
  return (
    <table className="usage-table">
      <caption className="visually-hidden">Tokens by day and operation</caption>
      <thead>
        <tr>
          <th scope="col">Day</th>
          {operations.map(({ operation }) => (
            <th key={operation} scope="col">
              {operationName(operation)}
            </th>
          ))}
          <th scope="col">All</th>
        </tr>
      </thead>
      <tbody>
        {usage.days.map(({ date, operations: tokens }) => (
          <tr key={date}>
            <th scope="row">{sayDay(date)}</th>
            {operations.map(({ operation }) => (
              <td key={operation}>{formatTokens(tokens[operation] ?? 0)}</td>
            ))}
            <td>{formatTokens(Object.values(tokens).reduce((sum, count) => sum + count, 0))}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">All days</th>
          {operations.map(({ operation, tokens_used: tokens }) => (
            <td key={operation}>{formatTokens(tokens)}</td>
          ))}
          <td>{formatTokens(operations.reduce((sum, { tokens_used: tokens }) => sum + tokens, 0))}</td>
        </tr>
      </tfoot>
    </table>
  );
}

const sayDay = (date: string): string =>
  new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' })
    .format(new Date(`${date}T12:00:00Z`))
    .replace(',', '');
