import { Fragment } from 'react';
import type { Mark } from './use-marks.ts';

/** The text again, invisible but for its marks; it lies under the field and gives it its height. */
export function MarkedText({ text, marks }: { text: string; marks: readonly Mark[] }) {
  const starts = marks.map((_, index) => marks[index - 1]?.end ?? 0);
  return (
    <>
      {marks.map((mark, index) => (
        <Fragment key={mark.start}>
          {text.slice(starts[index], mark.start)}
          <mark className={mark.slot === 'title' ? 'mark-title' : undefined}>{mark.text}</mark>
        </Fragment>
      ))}
      {text.slice(marks.at(-1)?.end ?? 0)}
      {/* A last line break has no height of its own. */}
      {'\u200b'}
    </>
  );
}
