import { useState } from 'react';
import type { RestClient } from '../client/index.ts';
import { Dialog } from '../parts/dialog.tsx';
import { EraseForm } from './erase-form.tsx';
import { Row } from './fields.tsx';
import { useExport } from './use-export.ts';

const FORMATS = [
  ['jsonl', 'Download everything (JSON)'],
  ['ics', 'Download calendar (.ics)'],
] as const;

/** What a person takes along, and how they leave. */
export function DataFields({ rest }: { rest: RestClient }) {
  const { loading, done, fault, load } = useExport(rest);
  const [erasing, setErasing] = useState(false);
  return (
    <>
      <Row
        label="Export"
        about="All that is kept of you, for other programs to read; events, tasks and reminders also as a calendar."
        name="export"
        fault={fault}
      >
        {FORMATS.map(([format, label]) => (
          <button
            key={format}
            type="button"
            className="button small"
            aria-disabled={loading !== null}
            onClick={() => load(format)}
          >
            {loading === format ? 'One moment' : label}
          </button>
        ))}
        <span className="soft setting-done" role="status">
          {done === null ? '' : 'Downloaded'}
        </span>
      </Row>
      <Row label="Erase account" about="All that is kept of you goes, for ever." name="erase" fault={null}>
        <button type="button" className="button small danger" onClick={() => setErasing(true)}>
          Erase account…
        </button>
      </Row>
      <Dialog label={erasing ? 'Erase account' : null} onClose={() => setErasing(false)}>
        <EraseForm rest={rest} onLeave={() => setErasing(false)} />
      </Dialog>
    </>
  );
}
