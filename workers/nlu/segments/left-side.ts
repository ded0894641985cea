import type { Action } from '../../../contracts/intents.ts';
import type { Clause } from './clause.ts';
import type { Joint } from './joints.ts';
import { refersBack } from './wording.ts';

/** The request on the left of a joint, and whether something in it was said to the planner though it begins otherwise. */
export interface Left {
  clause: Clause;
  asks: boolean;
}

/** A request in its form, a statement that asks for something, or nothing that stands for itself. */
export type LeftKind = 'request' | 'stated' | 'nothing';

export async function kindOfLeft({ clause, asks }: Left): Promise<LeftKind> {
  if (asks || (clause.opening !== 'other' && clause.opening !== 'value')) return 'request';
  if (clause.isItem) return 'request';
  if (clause.explicit) return 'stated';
  if (clause.isRemark) return 'nothing';
  const guess = await clause.guess();
  return guess && guess.action !== 'out_of_scope' && !isSmallTalk(guess.action) && guess.confidence >= STATED
    ? 'stated'
    : 'nothing';
}

/** A statement is taken for a request only where the classifier is as good as sure. */
const STATED = 0.7;

/** What a clause asks for, as well as rules and classifier know. */
export async function actionOf(clause: Clause): Promise<Action | null> {
  return clause.explicit ?? (await clause.guess())?.action ?? clause.ruled?.action ?? null;
}

/** It depends on another clause and has an order in it: "since mum visits put that down". */
export const asksInside = ({ bare }: Clause): boolean =>
  /\s(?:put|add|cancel|move|remind|book|schedule|set|delete|mark|tick|e-?mail|plan|find)\s/.test(bare);

/** A report of something done that stands for itself. */
export const isSurelyDone = async (clause: Clause): Promise<boolean> => {
  if (/\b(?:it|that|this)$/.test(clause.bare)) return false;
  const guess = await clause.guess();
  return guess?.action === 'complete_task' && guess.confidence >= 0.9;
};

export const isStrong = ({ kind }: Joint): boolean => kind === 'end' || kind === 'break';

export const speaksForItself = ({ opening }: Clause): boolean =>
  opening === 'order' || opening === 'question' || opening === 'wish';

export const isSmallTalk = (action: Action): boolean =>
  action === 'greeting' ||
  action === 'thanks' ||
  action === 'goodbye' ||
  action === 'affirm' ||
  action === 'deny' ||
  action === 'repeat' ||
  action === 'cancel';

/** It names nothing of its own: "find us another day", "fix it pls". */
export const isBareRequest = ({ bare, wordCount }: Clause): boolean =>
  wordCount <= 3 || refersBack(bare) || /\b(?:another|something|some\s+other)\b/.test(bare);
