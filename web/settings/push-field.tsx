import { useEffect, useState } from 'react';
import { describe } from '../app/messages.ts';
import {
  ClientError,
  pushStatus,
  subscribePush,
  unsubscribePush,
  type PushStatus,
  type RestClient,
} from '../client/index.ts';
import { Row, Switch } from './fields.tsx';

const WHY_NOT: Readonly<Record<'denied' | 'unsupported', string>> = {
  denied:
    'This browser was told to show no notices from this page. Its settings for this site can change that.',
  unsupported: 'This browser can’t show them, or not on a page without https.',
};
const NO_ANSWER = 'The push service of this browser did not answer. Try it again later.';

/** Whether this browser shows notices while the page is closed. It asks the person only when the switch is pressed. */
export function PushField({ rest }: { rest: RestClient }) {
  const [status, setStatus] = useState<PushStatus | null>(null);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => {
    void pushStatus().then(setStatus);
  }, []);
  const press = async (on: boolean): Promise<void> => {
    setBusy(true);
    setFault(null);
    try {
      setStatus(await (on ? subscribePush(rest) : unsubscribePush(rest)));
    } catch (error) {
      setFault(error instanceof ClientError ? describe(error) : NO_ANSWER);
      setStatus(await pushStatus());
    } finally {
      setBusy(false);
    }
  };
  const isBarred = status === 'denied' || status === 'unsupported';
  return (
    <Row
      label="Notices in this browser"
      about={isBarred ? WHY_NOT[status] : 'Reminders reach you while the page is closed.'}
      name="push"
      fault={fault}
    >
      <Switch
        label="Notices in this browser"
        on={status === 'on'}
        disabled={status === null || busy || isBarred}
        onSwitch={(on) => void press(on)}
      />
      <span className="visually-hidden" role="status">
        {isBarred ? WHY_NOT[status] : busy ? 'One moment' : ''}
      </span>
    </Row>
  );
}
