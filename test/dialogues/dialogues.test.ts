import { appendFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { literally } from '../../core/literally.ts';
import { answers } from '../support/fake-llm-answers.ts';
import { startFakeLlm, type FakeLlm } from '../support/fake-llm.ts';
import { startProduct } from '../support/product.ts';
import { NOW, talk, type Heard, type Talk } from '../conversations/talk.ts';
import { readDialogues, type Dialogue, type Turn } from './read-dialogues.ts';

let url: string;
/** A language model is there to be asked, and makes nothing of it: what it is asked is counted, and goes on without it. */
let llm: FakeLlm;
beforeAll(async () => {
  llm = await startFakeLlm({ always: answers.refuse(400) });
  ({ url } = await startProduct({ env: { OPENAI_BASE_URL: llm.url } }));
  return () => llm.close();
});

const DIALOGUES = readDialogues();
const DAY_MS = 24 * 3_600_000;
const KINDS = [...new Set(DIALOGUES.map(({ kind }) => kind))];

/** For the table of `npm run dialogues`, with how many turns asked the model; without its file nothing is noted. */
function note(dialogue: Dialogue, asking: number, passed: boolean): void {
  const file = process.env['PULSEPLAN_DIALOGUE_NOTES'];
  if (!file) return;
  const { kind, name, turns } = dialogue;
  const free = turns.length - asking;
  appendFileSync(file, `${JSON.stringify({ kind, name, turns: turns.length, free, passed })}\n`);
}

describe.each(KINDS)('%s', (kind) => {
  const own = DIALOGUES.filter((dialogue) => dialogue.kind === kind);
  it.each(own.map((dialogue): [string, Dialogue] => [dialogue.name, dialogue]))('%s', async (_, dialogue) => {
    let me = await talk(url);
    let now = NOW;
    const heard: Heard[] = [];
    let passed = false;
    let asking = 0;
    try {
      for (const turn of dialogue.turns) {
        const before = llm.calls.length;
        if (turn.daysLater !== undefined) {
          me = await me.elsewhere();
          now = new Date(Date.parse(now) + turn.daysLater * DAY_MS).toISOString();
        }
        heard.push(await take(me, turn, heard, now));
        if (llm.calls.length > before) asking += 1;
        await check(me, turn, heard.at(-1));
      }
      passed = true;
    } finally {
      note(dialogue, asking, passed);
    }
  });
});

/** Says or presses it. */
function take(me: Talk, { said }: Turn, before: readonly Heard[], now: string): Promise<Heard> {
  const [, button, label = ''] = /^\[(tap|undo)\]\s*(.*)$/.exec(said) ?? [];
  if (button === undefined) return me.say(said, now);
  if (button === 'tap') {
    const asked = before.findLast(({ result }) => result.clarification !== null);
    if (!asked) throw new Error('Nothing was asked');
    return me.tap(asked, new RegExp(`^${literally(label)}`, 'i'));
  }
  const changed = before.findLast(({ result }) => result.receipt !== null);
  if (!changed) throw new Error('Nothing was changed');
  return me.undo(changed);
}

async function check(me: Talk, turn: Turn, heard: Heard | undefined): Promise<void> {
  if (!heard) return;
  const { result } = heard;
  for (const { kind, value, line } of turn.checks) {
    const where = `line ${line}, after "${turn.said}": ${result.reply}`;
    switch (kind) {
      case 'says':
        expect(result.reply, where).toMatch(new RegExp(value, 'i'));
        break;
      case 'not':
        expect(result.reply, where).not.toMatch(new RegExp(value, 'i'));
        break;
      case 'asks':
        expect(result.clarification?.slot ?? 'nothing', where).toBe(value);
        break;
      case 'choices':
        expectChoices(result.clarification?.choices.map(({ label }) => label) ?? [], value, where);
        break;
      case 'does':
        expect(result.action, where).toBe(value);
        break;
      case 'refused':
        expect(result.status, where).toBe('refused');
        break;
      default:
        expect(await STATE[kind as keyof typeof STATE](me, value), where).toEqual(wantedOf(value));
    }
  }
}

function expectChoices(labels: readonly string[], value: string, where: string): void {
  const wanted = wantedOf(value);
  const open = wanted.at(-1) === '…';
  const named = open ? wanted.slice(0, -1) : wanted;
  if (!open) expect(labels, where).toHaveLength(named.length);
  for (const [index, label] of named.entries())
    expect(labels[index] ?? '', where).toMatch(new RegExp(`^${literally(label)}`, 'i'));
}

const wantedOf = (value: string): string[] =>
  value
    .split('|')
    .map((one) => one.trim())
    .filter(Boolean);

const FROM = '2026-11-16T00:00:00+01:00';
const TO = '2026-12-14T00:00:00+01:00';
const minute = (at: string): string => at.slice(0, 16);

/** What is there after a turn, in the words of the suite. */
const STATE = {
  tasks: async (me: Talk, value: string): Promise<string[]> => {
    const wanted = wantedOf(value);
    const open = (await me.tasks()).filter(({ status }) => status === 'open');
    return open
      .toSorted((a, b) => (a.title < b.title ? -1 : 1))
      .map(({ title, due_date, priority }, index) => {
        const shown = wanted[index] ?? '';
        const due = shown.includes(' @ ') ? ` @ ${due_date === null ? '-' : minute(due_date)}` : '';
        return `${title}${due}${/ !\w+$/.test(shown) ? ` !${priority}` : ''}`;
      });
  },
  events: async (me: Talk): Promise<string[]> => {
    const { items } = await me.client.rest.events({ from: FROM, to: TO, limit: 200 });
    return items.map(
      ({ start, title, all_day }) => `${all_day ? start.slice(0, 10) : minute(start)} ${title}`,
    );
  },
  reminders: async (me: Talk): Promise<string[]> => {
    const { items } = await me.client.rest.reminders({ status: 'scheduled', limit: 200 });
    return items
      .toSorted((a, b) => Date.parse(a.remind_at) - Date.parse(b.remind_at))
      .map(({ remind_at, title }) => `${minute(remind_at)} ${title}`);
  },
  drafts: async (me: Talk): Promise<string[]> => [String((await me.client.rest.drafts({})).items.length)],
};
