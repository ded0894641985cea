import { DateTime } from 'luxon';
import type { OpenQuestion } from '../../contracts/clarification.ts';
import type { PlanBlock } from '../../contracts/result.ts';
import type { SessionContext, TurnBody } from '../../contracts/context.ts';
import { slotsOf, type Act, type TurnPlan } from '../../contracts/nlu.ts';
import type { Target } from '../../contracts/slots.ts';
import type { QuestionReader } from './asked-runs.ts';
import { actOf, doneRun, type ActRoutes } from './act-routes.ts';
import type { WorkSetting } from './define-workflow.ts';
import { DAY } from './kinds-apart.ts';
import type { SlotsIn } from './model-reading.ts';
import { memoIn } from './run-saver.ts';
import { isActive, offerReturn } from './open-questions.ts';
import { quote } from './sentences.ts';
import { keptPreview, previewOf, type Preview, type Wish } from './scheduling/preview.ts';
import type { ActRun } from './turn-run.ts';

/**
 * What is said of a plan that waits for its yes ("the slides on friday instead", "start at 1pm") changes the plan and not
 * the tasks in it: it is shown anew with that.
 */
export class WaitingPlans {
  constructor(
    private readonly routes: ActRoutes,
    private readonly questions: QuestionReader,
    private readonly slotsIn: SlotsIn,
  ) {}

  /** @returns null where no plan waits, or the words are about something else */
  async asWished(body: TurnBody, plan: TurnPlan, context: SessionContext, setting: WorkSetting) {
    const question = context.questions.find((open) => isActive(open, setting.now));
    const [act, ...others] = plan.acts;
    const isOther = !READ_AS.has(plan.continuation.kind) || others.length > 0 || NO_PLACE.test(body.text);
    if (!act || isOther || question?.action !== 'plan_schedule') return null;
    const row = await this.questions.find(body.user_id, question.clarification_id);
    const preview = row?.open ? previewOf(memoIn(row.checkpoint)) : null;
    const runs = preview && (await this.runs({ act, words: body.text }, question, preview, setting));
    if (!runs) return null;
    // What can't be had leaves the plan as it was shown.
    return runs.some(({ kind }) => kind === 'asked')
      ? { runs, closes: [{ question, reason: 'replaced' as const }], afterword: '' }
      : { runs, closes: [], ...offerReturn(context, [], setting.now) };
  }

  private async runs(
    said: { act: Act; words: string },
    question: OpenQuestion,
    preview: Preview,
    setting: WorkSetting,
  ): Promise<ActRun[] | null> {
    const { blocks } = preview.schedule;
    const isSaidLast = setting.context.last_reply.endsWith(question.question);
    const meant = blocksMeant(said, blocks, isSaidLast);
    const [first] = meant;
    const place = first && (await placeSaid(said, first, setting, this.slotsIn));
    if (!place) return null;
    const act = { ...actOf(said.act, question), gate: PASSED };
    const isAll = meant.length === blocks.length && STARTS.test(said.words);
    if (!isAll && meant.some(({ task_id: id }) => id !== first.task_id)) {
      const titles = [...new Set(meant.map(({ title }) => quote(title)))].slice(0, TITLES_MAX);
      const reply = `Which one do you mean, ${titles.join(' or ')}? Say it once more with its name.`;
      return [doneRun(act, question.slots, said.words, { reply })];
    }
    const task = isAll ? null : first.task_id;
    const others = (preview.wishes ?? []).filter((wish) => wish.task !== task);
    const memo = keptPreview({ ...preview, wishes: [...others, { task, ...place }] });
    const answer = { slots: {}, skipped: [], confirmed: null, words: '', memo };
    return this.routes.start(act, question.slots, said.words, setting, answer);
  }
}

/** As many are named where one of them is meant. */
const TITLES_MAX = 3;

/** What is no answer, or none that could be read. */
const READ_AS: ReadonlySet<TurnPlan['continuation']['kind']> = new Set(['none', 'correction', 'reask']);
const PASSED: Act['gate'] = { verdict: 'pass', missing: [], alternatives: [] };

/** When it is due or said again is another matter than where it is planned. */
const NO_PLACE =
  /\b(?:due|deadlines?|remind\w*|until|till)\b|\bby\s+(?!an?\b|half\b|\d+\s*(?:h|m|hours?|min\w*|days?)\b|one\b|two\b|three\b)/i;

/** "Start at 1pm", with nothing that is to start. */
const STARTS =
  /\b(?:start|begin)\s+(?:(?:it|them|all|the\s+plan|everything|with\s+it)\s+)?(?:only\s+|not\s+before\s+)?(?:at|on|from|after|no|later|tomorrow|today|this|next|tonight|noon|\d|mon|tue|wed|thu|fri|sat|sun)/i;

/**
 * The blocks that the words are about: those that are named by words of their titles alone, that are counted ("the
 * second one"), or all of them, where something is to start or "it" is said right after the plan.
 */
function blocksMeant(
  { act, words }: { act: Act; words: string },
  blocks: readonly PlanBlock[],
  isSaidLast: boolean,
): PlanBlock[] {
  const target = targetOf(act);
  if (target?.reference === 'ordinal') {
    const block = isSaidLast ? blocks.at(placeAt(target.ordinal ?? 1)) : undefined;
    return block ? [block] : [];
  }
  const query = CHANGES.has(act.action) ? target?.query : undefined;
  const names = query === undefined ? namesIn(words) : wordsOf(query);
  if (names.length > 0)
    return blocks.filter(({ title }) => {
      const own = wordsOf(title);
      return names.every((name) => own.includes(name));
    });
  const isIt = isSaidLast && CHANGES.has(act.action) && target?.reference === 'last';
  return isIt || STARTS.test(words) ? [...blocks] : [];
}

const placeAt = (ordinal: number): number => (ordinal > 0 ? ordinal - 1 : ordinal);

const targetOf = ({ entities }: Act): Target | undefined => slotsOf(entities).target;

const CHANGES: ReadonlySet<string> = new Set(['update_task', 'update_event', 'reschedule']);

/** All words but those that ask for a change. */
const wordsOf = (text: string): string[] =>
  (
    text
      .toLowerCase()
      .replaceAll(/['’]/g, '')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).filter((word) => !ASKS.has(word));
/** What is left of them without those of a time. */
const namesIn = (text: string): string[] => wordsOf(text).filter((word) => !TIME.test(word));

const ASKS: ReadonlySet<string> = new Set(
  (
    'the my a an it that this them one to on at in for from by of be do make put move push shift start begin schedule plan place ' +
    'bring set have can could you we i id ill us let lets would rather prefer like want need please pls no not ok okay and ' +
    'but actually instead better then so just only should work working go back forward up ahead around all everything'
  ).split(' '),
);
const TIME =
  /^(?:\d+(?:am|pm|h|m|min|th|st|nd|rd)?|am|pm|oclock|noon|midday|midnight|today|tonight|tomorrow|morning|afternoon|evening|night|early|late|earlier|later|half|quarter|past|next|week|weekend|day|days|hours?|minutes?|mins?|after|before|lunch|first|second|third|last|(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|january|february|march|april|may|june|july|august|september|october|november|december|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)$/;

/** Where the words put something; an hour alone is of the day that the block is on, a distance counts from there. */
async function placeSaid(
  { act: { params }, words }: { act: Act; words: string },
  block: PlanBlock,
  { timezone: zone, reference }: WorkSetting,
  slotsIn: SlotsIn,
): Promise<Omit<Wish, 'task'> | null> {
  const start = DateTime.fromISO(block.start, { zone });
  if (params?.shift) {
    const { unit, count } = params.shift;
    const at = start.plus({ [unit === 'workday' ? 'day' : unit]: count });
    return { from: at.toISO() ?? block.start, to: null };
  }
  // "Not today, start tomorrow"
  const from = STARTS.exec(words)?.index ?? 0;
  const read = async (now: Date): Promise<Omit<Wish, 'task'> | null> => {
    const { start: at, date_range: range } = await slotsIn(words.slice(from), zone, now, 'create_event');
    if (at !== undefined) return { from: at, to: null };
    return range?.start !== undefined && range.end !== undefined
      ? { from: inZone(range.start, zone), to: inZone(range.end, zone) }
      : null;
  };
  const said = await read(reference);
  if (!said || DAY.test(words)) return said;
  const onDay = await read(start.startOf('day').toJSDate());
  return onDay && Date.parse(onDay.to ?? onDay.from) > reference.getTime() ? onDay : said;
}

/** A day begins at its midnight. */
const inZone = (at: string, zone: string): string => DateTime.fromISO(at, { zone }).toISO() ?? at;
