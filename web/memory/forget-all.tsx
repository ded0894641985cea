import { useState } from 'react';
import type { FactStore } from '../app/fact-store.ts';
import { describe, type Messages } from '../app/messages.ts';
import type { RestClient } from '../client/index.ts';
import { AskDialog } from '../parts/ask-dialog.tsx';

interface ForgetAllProps {
  rest: RestClient;
  messages: Messages;
  facts: FactStore;
  count: number;
}

/** All of it at once, after a question. */
export function ForgetAll({ rest, messages, facts, count }: ForgetAllProps) {
  const [asking, setAsking] = useState(false);
  const forget = async (): Promise<void> => {
    setAsking(false);
    try {
      const { receipt } = await rest.deleteFacts();
      const [first] = receipt.effects;
      await facts.load();
      messages.say(
        'Forgot everything.',
        // It stands until something is told again, whatever the versions were.
        first ? { receiptId: receipt.receipt_id, kind: 'fact', id: first.id, version: Infinity } : null,
      );
    } catch (error) {
      messages.say(`Nothing was forgotten. ${describe(error)}`);
    }
  };
  return (
    <div className="fact-all">
      <button type="button" className="link quiet" onClick={() => setAsking(true)}>
        Forget everything
      </button>
      <AskDialog
        open={asking}
        question="Forget everything?"
        yes="Forget everything"
        no="Keep it"
        onYes={() => void forget()}
        onClose={() => setAsking(false)}
      >
        <p>
          {count === 1 ? 'That is 1 thing that you told.' : `These are ${count} things that you told.`} It can
          be undone in History for a day.
        </p>
      </AskDialog>
    </div>
  );
}
