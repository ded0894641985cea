import { entityAt } from '../draft.ts';
import type { Rule } from './rule.ts';
import { startsWithVerb } from './statement-rules.ts';

const GOOD = String.raw`(?:great|nice|good|lovely|wonderful|ideal|perfect|fantastic|awesome|helpful|best|amazing|cool)`;
const WISHED = String.raw`(?:(?:it|that)(?:'d|\s+would|\s+will|'ll)\s+be|would\s+be)\s+(?:(?:really|so|very|just|super)\s+)?${GOOD}\s+(?:if|when)|(?:it|that)\s+would\s+help\s+if|ideally,?`;

/** Participles that are not made with "-ed". */
const IRREGULAR: ReadonlyMap<string, string> = new Map([
  ['done', 'do'],
  ['written', 'write'],
  ['sent', 'send'],
  ['bought', 'buy'],
  ['paid', 'pay'],
  ['made', 'make'],
  ['built', 'build'],
  ['sold', 'sell'],
  ['swept', 'sweep'],
  ['sewn', 'sew'],
  ['mown', 'mow'],
  ['hung', 'hang'],
  ['read', 'read'],
  ['cut', 'cut'],
]);

export const WISH_RULES: readonly Rule[] = [
  {
    name: 'create.wish',
    action: 'create_task',
    confidence: 0.92,
    // "it would be great if the report was finished by friday"
    pattern: new RegExp(
      String.raw`^(?:${WISHED})\s+(?<body>(?<thing>(?:it|that)(?=\s)|(?:the|my|our|all|these|those)\s+\S.*?)\s+(?:(?:was|were|is|are|could\s+be|would\s+be|can\s+be|gets?|got)\s+)(?:(?:all|completely|finally|already)\s+)?(?<state>\p{L}+)(?<particle>\s+(?:in|out|up|off|down))?(?:\s+(?:by|before|until|till|this|today|tonight|tomorrow|next|on|at)\b.*)?)$`,
      'dsu',
    ),
    sure: /^/,
    read: (draft, recognition, { thing = '', state = '', particle = '' }) => {
      const deed = deedOf(state);
      if (deed === null) return null;
      const start = draft.folded.indexOf(thing, recognition.body.start);
      // "if it was done by friday": what was spoken of gets a deadline.
      if (/^(?:it|that)$/.test(thing)) {
        const target = { start, end: start + thing.length };
        return {
          ...recognition,
          action: 'update_task',
          target,
          change: { start: target.end, end: recognition.body.end },
        };
      }
      const named = draft.text.slice(start, start + thing.length);
      const title = state === 'ready' ? `get ${named} ready` : `${deed} ${named}${particle}`;
      const span = { start, end: start + thing.length };
      return { ...recognition, implied: [entityAt(draft, 'title', span, title, 'what is to be reached')] };
    },
  },
];

/** The verb of a participle: "finished" → "finish"; null for what is nothing to do, or is ours to do ("moved"). */
function deedOf(state: string): string | null {
  if (state === 'ready') return state;
  const irregular = IRREGULAR.get(state);
  if (irregular !== undefined) return irregular;
  if (!state.endsWith('ed') || /^re?scheduled$|^planned$|^booked$/.test(state)) return null;
  const stems = [state.slice(0, -2), state.slice(0, -1), state.slice(0, -3), `${state.slice(0, -3)}y`];
  return (
    stems.find((stem) => stem.length > 1 && startsWithVerb(stem)) ??
    (state === 'completed' ? 'complete' : null)
  );
}
