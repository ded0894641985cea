import '../styles/pages.css';
import { useState } from 'react';
import type { Settings } from '../../contracts/entities.ts';
import type { SettingsPatch } from '../../contracts/requests.ts';
import { describe, type Messages } from '../app/messages.ts';
import type { SettingsStore } from '../app/settings-store.ts';
import { useStore } from '../app/store.ts';
import type { RestClient, SessionClient } from '../client/index.ts';
import { LoadProblem } from '../parts/load-problem.tsx';
import { PageColumn, PageFrame } from '../parts/page-frame.tsx';
import { DataFields } from './data-fields.tsx';
import { DaysField, HoursField, MinutesField, PickField, Row, TimeField, ZoneField } from './fields.tsx';
import { PushField } from './push-field.tsx';

interface SettingsPageProps {
  rest: RestClient;
  session: SessionClient;
  messages: Messages;
  settings: SettingsStore;
}

/** What a person can set. Each change is kept at once, and can be taken back. */
export default function SettingsPage({ rest, session, messages, settings }: SettingsPageProps) {
  const set = useStore(settings);
  const problem = useStore(settings.problem);
  const [fault, setFault] = useState<{ name: keyof Settings; text: string } | null>(null);
  const [saving, setSaving] = useState<keyof Settings | null>(null);

  const save = async <K extends keyof Settings>(name: K, value: Settings[K]): Promise<void> => {
    setSaving(name);
    try {
      await settings.save({ [name]: value } as SettingsPatch);
      setFault(null);
      await sayKept(rest, messages);
    } catch (error) {
      setFault({ name, text: plain(describe(error)) });
    } finally {
      setSaving(null);
    }
  };
  const faultOf = (name: keyof Settings): string | null => (fault?.name === name ? fault.text : null);
  return (
    <PageFrame
      title="Settings"
      session={session}
      messages={messages}
      meanwhile="Changes can’t be kept right now."
    >
      <PageColumn label="Settings">
        {!set && problem === null && <p className="soft">Reading</p>}
        {!set && problem !== null && (
          <LoadProblem onRetry={() => void settings.load()}>
            Your settings could not be read. {problem}
          </LoadProblem>
        )}
        {set && (
          <form className="settings" aria-busy={saving !== null} onSubmit={(event) => event.preventDefault()}>
            <section aria-labelledby="settings-time">
              <h2 id="settings-time">Time</h2>
              <Row label="Time zone" name="timezone" fault={faultOf('timezone')}>
                <ZoneField value={set.timezone} onValue={(zone) => void save('timezone', zone)} />
              </Row>
              <Row label="The week begins on" name="week_start" fault={faultOf('week_start')}>
                <PickField
                  name="week_start"
                  value={set.week_start}
                  choices={[
                    ['monday', 'Monday'],
                    ['sunday', 'Sunday'],
                  ]}
                  onValue={(value) => void save('week_start', value)}
                />
              </Row>
              <Row
                label="Working hours"
                about="Plans are made within them."
                name="working_hours"
                fault={faultOf('working_hours')}
              >
                <HoursField
                  name="working_hours"
                  value={set.working_hours}
                  onValue={(hours) => hours && void save('working_hours', hours)}
                />
              </Row>
              <Row
                label="Work days"
                about="The others are left free."
                name="work_days"
                fault={faultOf('work_days')}
              >
                <DaysField value={set.work_days} onValue={(days) => void save('work_days', days)} />
              </Row>
              <Row
                label="“Next Friday”"
                about="Said on a Wednesday, say."
                name="next_weekday"
                fault={faultOf('next_weekday')}
              >
                <PickField
                  name="next_weekday"
                  value={set.next_weekday}
                  choices={[
                    ['coming', 'The coming one'],
                    ['next_week', 'That of next week'],
                  ]}
                  onValue={(value) => void save('next_weekday', value)}
                />
              </Row>
            </section>
            <section aria-labelledby="settings-length">
              <h2 id="settings-length">Where no length is said</h2>
              <Row label="An event takes" name="event_minutes" fault={faultOf('event_minutes')}>
                <MinutesField
                  name="event_minutes"
                  value={set.event_minutes}
                  onValue={(minutes) => void save('event_minutes', minutes)}
                />
              </Row>
              <Row label="Work on a task takes" name="task_minutes" fault={faultOf('task_minutes')}>
                <MinutesField
                  name="task_minutes"
                  value={set.task_minutes}
                  onValue={(minutes) => void save('task_minutes', minutes)}
                />
              </Row>
            </section>
            <section aria-labelledby="settings-news">
              <h2 id="settings-news">What reaches you</h2>
              <Row
                label="Daily briefing"
                about="Your day, at the same time each morning."
                name="briefing_time"
                fault={faultOf('briefing_time')}
              >
                <TimeField
                  name="briefing_time"
                  value={set.briefing_time}
                  suggestion="07:30"
                  onValue={(time) => void save('briefing_time', time)}
                />
              </Row>
              <Row
                label="Quiet hours"
                about="Nothing is told then; it waits until they end."
                name="quiet_hours"
                fault={faultOf('quiet_hours')}
              >
                <HoursField
                  name="quiet_hours"
                  value={set.quiet_hours}
                  suggestion={{ start: '22:00', end: '07:00' }}
                  onValue={(hours) => void save('quiet_hours', hours)}
                />
              </Row>
              <PushField rest={rest} />
            </section>
            <section aria-labelledby="settings-mail">
              <h2 id="settings-mail">Emails</h2>
              <Row label="Style" name="email_style" fault={faultOf('email_style')}>
                <PickField
                  name="email_style"
                  value={set.email_style}
                  choices={[
                    ['neutral', 'Neutral'],
                    ['formal', 'Formal'],
                    ['friendly', 'Friendly'],
                  ]}
                  onValue={(value) => void save('email_style', value)}
                />
              </Row>
            </section>
          </form>
        )}
        <div className="settings">
          <section aria-labelledby="settings-data">
            <h2 id="settings-data">Your data</h2>
            <p className="setting-note">
              What you said and what was made of it are kept until you delete them, with their history until
              you erase your account. What you had forgotten goes for good a day later. Notices that you saw
              and questions that are closed go after 30 days, usage call by call after three whole months.
              Logs hold no words of yours.
            </p>
            {set && (
              <Row
                label="Earlier conversations"
                about="“The same as last week” and searches look back at them. Facts that you told stay either way."
                name="memory"
                fault={faultOf('memory')}
              >
                <PickField
                  name="memory"
                  value={set.memory}
                  choices={[
                    ['on', 'Remembered'],
                    ['off', 'Not remembered'],
                  ]}
                  onValue={(value) => void save('memory', value)}
                />
              </Row>
            )}
            <DataFields rest={rest} />
          </section>
        </div>
      </PageColumn>
    </PageFrame>
  );
}

/** The latest receipt is that of the change. */
async function sayKept(rest: RestClient, messages: Messages): Promise<void> {
  const { items } = await rest.receipts({ limit: 1 });
  const [latest] = items;
  const change = latest?.changes[0];
  const version = change?.after?.['version'];
  const isIt = change?.kind === 'setting' && typeof version === 'number';
  messages.say(
    'Kept.',
    latest && isIt ? { receiptId: latest.receipt_id, kind: 'setting', id: change.id, version } : null,
  );
}

/** The server names the field; here it stands beside it. */
const plain = (fault: string): string => {
  const [, said] = /^The request is not valid\. "[^"]*": (.*)$/.exec(fault) ?? [];
  return said === undefined ? fault : `This ${said}`;
};
