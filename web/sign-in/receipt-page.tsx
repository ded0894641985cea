import { Printer, RotateCw } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import type { ErasureReceipt } from '../../contracts/erasure.ts';
import { describe } from '../app/messages.ts';
import { RestClient } from '../client/index.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { LoadProblem } from '../parts/load-problem.tsx';
import { DoorFrame } from './door-frame.tsx';
import { erasedThings } from './erased-things.ts';
import { sayInstant } from './say-instant.ts';

/** The receipt of an erasure, for whoever has its address: nobody has to sign in, and it names nobody. */
export default function ReceiptPage({ url, id }: { url: string; id: string }) {
  const [receipt, setReceipt] = useState<ErasureReceipt | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const read = useCallback(() => {
    setProblem(null);
    new RestClient(url, null)
      .erasure(id)
      .then(setReceipt)
      .catch((error: unknown) => setProblem(describe(error)));
  }, [url, id]);
  useEffect(read, [read]);
  return (
    <DoorFrame title="Receipt of an erasure" busy={receipt === null && problem === null}>
      {problem !== null && <LoadProblem onRetry={read}>{problem}</LoadProblem>}
      {receipt && <Receipt receipt={receipt} onAgain={read} />}
    </DoorFrame>
  );
}

function Receipt({ receipt, onAgain }: { receipt: ErasureReceipt; onAgain: () => void }) {
  const {
    state,
    requested_at: asked,
    finished_at: done,
    files_clean_by: by,
    files_clean_at: clean,
  } = receipt;
  const things = erasedThings(receipt.stores);
  return (
    <>
      <dl className="receipt-times">
        <div>
          <dt>Asked for</dt>
          <dd>{sayInstant(asked)}</dd>
        </div>
        <div>
          <dt>Done</dt>
          <dd>{done === null ? 'Not yet: it goes on by itself' : sayInstant(done)}</dd>
        </div>
        <div>
          <dt>Files clean</dt>
          <dd>{clean === null ? `To be by ${sayInstant(by)}` : sayInstant(clean)}</dd>
        </div>
      </dl>
      <table className="receipt-things">
        <caption className="visually-hidden">What was erased</caption>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Deleted</th>
            <th scope="col">Kept without a name</th>
          </tr>
        </thead>
        <tbody>
          {things.map(({ name, deleted, kept }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{deleted.toLocaleString('en')}</td>
              <td>{kept.toLocaleString('en')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="door-soft">
        It names nobody. Numbers that are kept are sums of usage for the books, under a random number that
        leads to nobody.
      </p>
      <div className="receipt-deeds">
        {(state !== 'done' || clean === null) && (
          <button type="button" className="button" onClick={onAgain}>
            <RotateCw size={16} aria-hidden /> Look again
          </button>
        )}
        <button type="button" className="button" onClick={() => window.print()}>
          <Printer size={16} aria-hidden /> Print
        </button>
        <CopyButton text={window.location.href} label="Copy its address" />
      </div>
    </>
  );
}
