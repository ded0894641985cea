import type { OpenQuestion } from '../../contracts/clarification.ts';
import { actionEntry } from '../../contracts/intents.ts';
import type { Understanding } from '../../contracts/nlu.ts';
import type { Understander } from '../../workers/nlu/pipeline.ts';
import type { Share } from './intents.ts';
import { fits } from './slots.ts';
import { readContinuations, REFERENCE, type ContinuationCase } from './suites.ts';

export interface ContinuationReport {
  kinds: Share;
  kindsWithSlots: Share;
  /** Right kinds among the messages that have to be of each. */
  byKind: Share[];
  misses: string[];
}

const QUESTION_ID = '01890000-0000-7000-8000-000000000001';

/** Runs the suite of second messages: answers, corrections, ways out, and what has nothing to do with the question. */
export async function judgeContinuations(understander: Understander): Promise<ContinuationReport> {
  const judged: { wanted: string; kind: boolean; slots: boolean }[] = [];
  const misses: string[] = [];
  for (const row of readContinuations()) {
    const { text, expect: wanted } = row;
    const understanding = await understander.understand({
      text,
      timezone: REFERENCE.timezone,
      now: new Date(REFERENCE.reference_time),
      questions: row.question ? [openQuestion(row.question)] : [],
      answering: null,
      lastReceipt: row.last && { ...row.last, at: minutesOn(-1) },
    });
    const { continuation } = understanding;
    const kind = kindOf(understanding);
    const got = 'slots' in continuation ? continuation.slots : {};
    const slots = Object.entries(wanted.slots).every(([slot, value]) =>
      fits((got as Record<string, unknown>)[slot], value),
    );
    judged.push({ wanted: wanted.kind, kind: kind === wanted.kind, slots: kind === wanted.kind && slots });
    if (kind !== wanted.kind || !slots)
      misses.push(
        `continuations${kind === wanted.kind ? ' slots' : ''}\t${askedFor(row)}\t${text}\twanted ${wanted.kind} ${JSON.stringify(wanted.slots)}\tgot ${kind} ${JSON.stringify(got)}`,
      );
  }
  const share = (name: string, rows: readonly { kind: boolean }[]): Share => ({
    name,
    right: rows.filter(({ kind }) => kind).length,
    count: rows.length,
  });
  return {
    kinds: share('kinds', judged),
    kindsWithSlots: {
      name: 'kinds and slots',
      right: judged.filter(({ slots }) => slots).length,
      count: judged.length,
    },
    byKind: [...new Set(judged.map(({ wanted }) => wanted))].map((name) =>
      share(
        name,
        judged.filter(({ wanted }) => wanted === name),
      ),
    ),
    misses,
  };
}

/** The suite knows one name for a question that is put again, in other words or as it was. */
function kindOf({ continuation, acts }: Understanding): string {
  const again =
    continuation.kind === 'return' || (continuation.kind === 'none' && acts[0]?.action === 'repeat');
  return again ? 'reask' : continuation.kind;
}

function askedFor({ question, last }: ContinuationCase): string {
  return question ? `${question.slot}? (${question.action})` : `after ${last?.action ?? 'nothing'}`;
}

function openQuestion({ slot, action, known }: NonNullable<ContinuationCase['question']>): OpenQuestion {
  return {
    clarification_id: QUESTION_ID,
    slot,
    kind: 'slot',
    question: 'What is it?',
    choices: [],
    expires_at: minutesOn(24 * 60),
    asked_at: minutesOn(0),
    active_until: minutesOn(10),
    asked_count: 1,
    intent: actionEntry(action).intent,
    action,
    slots: known,
    choice_slots: {},
  };
}

const minutesOn = (minutes: number): string =>
  new Date(Date.parse(REFERENCE.reference_time) + minutes * 60_000).toISOString();
