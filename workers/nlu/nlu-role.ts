import type { Redis } from 'ioredis';
import type { SessionContext, TurnBody } from '../../contracts/context.ts';
import type { Settings } from '../../contracts/entities.ts';
import type { Flags } from '../../contracts/flags.ts';
import type { FrameDraft } from '../../contracts/frames.ts';
import { actionEntry, type Action } from '../../contracts/intents.ts';
import type { TurnJob } from '../../contracts/jobs.ts';
import { shownSince } from '../../contracts/last-spoken.ts';
import type { Recollection } from '../../contracts/memory.ts';
import { slotsOf, type TurnPlan, type Understanding } from '../../contracts/nlu.ts';
import type { Clock } from '../../core/clock.ts';
import { cutText } from '../../core/cut-text.ts';
import { fingerprint } from '../../core/fingerprint.ts';
import type { Logger } from '../../core/logger.ts';
import type { Metrics } from '../../core/metrics.ts';
import { startQueueWorker, type IsErased, type JobOutcome, type QueueWorker } from '../../core/queues.ts';
import { answering } from '../../core/requests.ts';
import type { Analytics } from '../../integrations/analytics/analytics.ts';
import type { FlagSource } from '../../integrations/flags/flags.ts';
import { frameHead } from '../../sessions/results.ts';
import { ORDINALS, type PlacedFrame } from '../../sessions/session-store.ts';
import type { TurnRecords } from '../../sessions/turn-records.ts';
import type { Memory, RecallQuery } from '../../sessions/memory/memory.ts';
import type { Turns } from '../../sessions/turns.ts';
import type { NluInput } from './nlu-input.ts';
import type { Understander } from './pipeline.ts';
import { withoutPleasantries } from './pleasantries.ts';
import { lookedFor } from './recall/looked-for.ts';
import { leansBack } from './recall/back-reference.ts';
import { MAKERS } from './recall/remembered.ts';
import { dependsOnPreferences, type TimePreferences } from './time-preferences.ts';

export interface NluRoleDeps {
  redis: Redis;
  turns: Turns;
  records: TurnRecords;
  understander: Understander;
  memory: Pick<Memory, 'store' | 'recall' | 'conversationsLike'>;
  /** How a user means words of time, and whether to look back at earlier conversations. */
  settingsOf(userId: string): Promise<UserChoices>;
  analytics: Analytics;
  flags: FlagSource;
  metrics: Metrics;
  clock: Clock;
  isErased: IsErased;
  log: Logger;
  concurrency: number;
}

type UserChoices = TimePreferences & Pick<Settings, 'memory'>;

/** Conversations that are shown where none has the words. */
const ALIKE = 5;
/** What was made last is looked through for what the words name, beside what is like them. */
const LOOKED_BACK = 20;
/** Characters of an earlier message that go along with a plan. */
const MESSAGE_MAX = 500;

/** What the next stage is about to do, in words for somebody who waits. */
const PROGRESS: Record<string, string> = {
  tasks: 'Looking at your tasks',
  email: 'Working on your email',
  briefing: 'Looking at your days',
  search: 'Looking through everything',
};

/** The understanding stage: queue `nlu`. */
export function startNluRole(deps: NluRoleDeps): QueueWorker {
  // The job comes again while a long one is still at it.
  let storing = false;
  const storeTurns = async (): Promise<void> => {
    if (storing) return;
    storing = true;
    try {
      await deps.memory.store();
    } finally {
      storing = false;
    }
  };
  return startQueueWorker({
    queue: 'nlu',
    connection: deps.redis,
    concurrency: deps.concurrency,
    isErased: deps.isErased,
    log: deps.log,
    onStalled: () => deps.metrics.jobStalls.inc({ queue: 'nlu' }),
    handlers: {
      'turn.understand': (job) => understandTurn(deps, job),
      'memory.store': storeTurns,
      'nlu.parse': answering('nlu.parse', deps, async ({ user_id, received_at, ...request }) =>
        deps.understander.parse(
          request,
          new Date(received_at),
          usesPrevious(deps, user_id),
          await preferences(deps, user_id, request.text),
        ),
      ),
      'nlu.alike': answering('nlu.alike', deps, async ({ user_id: userId, text }) => {
        const { enable_multi_turn_memory: isOn } = await flagsFor(deps, userId);
        const found = await deps.memory.conversationsLike({
          userId,
          text: lookedFor(text),
          isOn,
          limit: ALIKE,
        });
        return {
          conversations: found.map(({ sessionId, turnId }) => ({ session_id: sessionId, turn_id: turnId })),
        };
      }),
      'nlu.peek': answering('nlu.peek', deps, async (peek) => {
        const [running, questions] = await Promise.all([
          deps.records.findTurn(peek.user_id, peek.running_turn_id),
          deps.records.openQuestions(peek.session_id, deps.clock.now()),
        ]);
        if (running?.state !== 'running') return { verdict: 'queue', slots: {} };
        return deps.understander.peek({
          waitingText: peek.text,
          runningText: running.body.text,
          questions,
          timezone: peek.timezone,
          now: new Date(peek.reference),
          preferences: await preferences(deps, peek.user_id, peek.text, running.body.text),
          previousClassifier: usesPrevious(deps, peek.user_id),
        });
      }),
    },
  });
}

async function understandTurn(deps: NluRoleDeps, job: TurnJob): Promise<JobOutcome> {
  // Asked for beside the claim, so that nothing waits for it.
  const flagged = flagsFor(deps, job.user_id);
  flagged.catch(() => undefined);
  const claimed = await deps.turns.claim(job, 'nlu');
  if (claimed.status === 'later') return { delayMs: claimed.delayMs };
  if (claimed.status === 'drop') return undefined;
  const { body, context } = claimed;
  try {
    const understood = await understand(deps, body, context, flagged);
    const head = frameHead(body, deps.clock);
    const workflow = actionEntry(understood.acts[0]?.action ?? 'help').workflow;
    const label = workflow === null ? undefined : PROGRESS[workflow];
    const drafts: FrameDraft[] = [
      { type: 'turn.started', ...head },
      { type: 'turn.understood', ...head, acts: understood.acts },
      ...(workflow !== null && label
        ? [{ type: 'turn.progress' as const, ...head, stage: workflow, label }]
        : []),
    ];
    const frames: PlacedFrame[] = drafts.map((frame, index) => ({
      ordinal: ORDINALS.nlu + index,
      frame,
    }));
    const flags = await flagged;
    const recalled = await recalledFor(deps, body, understood, flags);
    await deps.turns.handOver(body, { ...understood, flags, ...(recalled && { recalled }) }, frames);
    report(deps, body, understood);
  } catch (error) {
    deps.log.error({ err: error, attempt: body.attempt }, 'A turn failed in its understanding');
    deps.analytics.capture(body.user_id, 'nlu_error', {
      error_type: error instanceof Error ? error.name : typeof error,
      component: 'nlu',
      ...fingerprint(body.text),
    });
    await deps.turns.retry(job);
  }
  return undefined;
}

async function understand(
  deps: NluRoleDeps,
  body: TurnBody,
  context: Omit<SessionContext, 'v'>,
  flagged: Promise<Flags>,
): Promise<Understanding> {
  const { request } = body;
  // A tap on "Undo" needs no understanding; it is still an act like any other.
  if (request.kind === 'undo')
    return pressedUndo(deps.understander.version(usesPrevious(deps, body.user_id)));
  const moved = onClockOf(body, deps.clock);
  const remembered = await rememberedFor(deps, body, context, flagged);
  const understood = await deps.understander.understand({
    text: body.text,
    timezone: body.timezone,
    now: new Date(body.reference),
    preferences: await preferences(deps, body.user_id, body.text),
    questions: context.questions.map((question) => ({
      ...question,
      asked_at: moved(question.asked_at),
      active_until: moved(question.active_until),
    })),
    answering:
      request.kind === 'answer'
        ? {
            clarification_id: request.clarification_id,
            ...(request.choice_id === undefined ? {} : { choice_id: request.choice_id }),
          }
        : null,
    previousClassifier: usesPrevious(deps, body.user_id),
    lastReceipt: subjectOf(context, body.reference, moved),
    remembered,
    lastFact: context.last_fact && { ...context.last_fact, at: moved(context.last_fact.at) },
    lastPeople: context.last_people && { ...context.last_people, at: moved(context.last_people.at) },
    lastFree: context.last_free && { ...context.last_free, at: moved(context.last_free.at) },
    lastDays: context.last_days && { ...context.last_days, at: moved(context.last_days.at) },
    lastDropped: context.last_dropped && { ...context.last_dropped, at: moved(context.last_dropped.at) },
    lastRefused: context.last_refused && { ...context.last_refused, at: moved(context.last_refused.at) },
  });
  return withoutPleasantries(understood);
}

/** What was made in earlier conversations, where the words lean on it; other messages are not delayed by a look. */
async function rememberedFor(
  deps: NluRoleDeps,
  body: TurnBody,
  context: Omit<SessionContext, 'v'>,
  flagged: Promise<Flags>,
): Promise<NluInput['remembered']> {
  const reference = body.request.kind === 'text' ? leansBack(body.text) : null;
  // "The same" may be an answer, but no name for something.
  const asked = context.questions.some(
    ({ active_until: until, slot }) => slot !== 'title' && Date.parse(until) > deps.clock.now().getTime(),
  );
  if (!reference || (asked && reference.kind === 'same')) return undefined;
  const { earlier, about, spans, made } = reference;
  const said = [earlier, about].find(({ start, end }) => start < end);
  const turns = await recall(deps, body, await flagged, {
    text: said ? body.text.slice(said.start, said.end) : withoutSpans(body.text, spans),
    made: made ? [made] : MAKERS,
    recent: LOOKED_BACK,
  });
  return turns.flatMap(({ turnId, at, acts, similarity }) =>
    acts.map(({ action, slots }) => ({ turnId, at: at.toISOString(), action, slots, similarity })),
  );
}

async function recall(
  deps: NluRoleDeps,
  body: TurnBody,
  flags: Flags,
  query: Pick<RecallQuery, 'text' | 'made' | 'recent'>,
): Promise<Recollection['turns']> {
  const { turns, metadata } = await deps.memory.recall({
    ...query,
    userId: body.user_id,
    isOn: flags.enable_multi_turn_memory,
    except: body.turn_id,
  });
  deps.metrics.recalls.inc({ fallback: metadata.fallback ?? 'none' });
  if (metadata.fallback === 'encoder_down')
    deps.log.warn('The encoder is down: earlier turns are looked for by their words');
  deps.analytics.capture(body.user_id, 'semantic_context_search', {
    session_id: body.session_id,
    query_length: query.text?.length ?? 0,
    results_found: metadata.semantic + metadata.lexical,
    similarity_threshold: metadata.threshold,
  });
  return turns;
}

const withoutSpans = (text: string, spans: readonly { start: number; end: number }[]): string =>
  spans
    .toReversed()
    .reduce((rest, { start, end }) => `${rest.slice(0, start)} ${rest.slice(end)}`, text)
    .trim();

/** Earlier turns that a search looks through by their meaning, and that an email may be about. */
async function recalledFor(
  deps: NluRoleDeps,
  body: TurnBody,
  { acts }: Understanding,
  flags: Flags,
): Promise<TurnPlan['recalled']> {
  const search = acts.find(({ action }) => action === 'search');
  const draft = acts.find(({ action }) => action === 'draft_email');
  const isAbout = draft !== undefined && ABOUT_TALK.test(body.text);
  if (!search && !isAbout) return undefined;
  const query = search && slotsOf(search.entities).query;
  const back = search?.params?.looks_back;
  if (back === 'then') return undefined;
  const wanted = {
    last: { recent: 1 },
    place: { recent: LOOKED_BACK, made: ['create_event'] },
    // What was said last is no answer to what is looked for.
    meaning: { text: lookedFor(query ?? body.text), ...(search && { recent: 0 }) },
  } as const;
  const turns = await recall(
    deps,
    body,
    flags,
    wanted[back === 'last' || back === 'place' ? back : 'meaning'],
  );
  return turns.map(({ turnId, sessionId, at, message, acts: made, similarity }) => ({
    turn_id: turnId,
    session_id: sessionId,
    at: at.toISOString(),
    message: cutText(message, MESSAGE_MAX),
    items: made.flatMap(({ item }) => item ?? []),
    similarity,
  }));
}

/** "as we discussed", "about what I said of the trip" */
const ABOUT_TALK =
  /\b(?:as|what|like|everything|the\s+(?:things?|points?))\s+(?:that\s+)?(?:we|i)(?:\s+(?:have|had)|['’](?:ve|d))?\s+(?:just\s+)?(?:discussed|talked|said|told|spoke|planned|agreed|mentioned)\b/i;

/** What was done last, or looked at since: "it" is not what was done before that. */
function subjectOf(
  context: Omit<SessionContext, 'v'>,
  now: string,
  moved: (at: string) => string,
): NluInput['lastReceipt'] {
  const { last_receipt: last } = context;
  const since = shownSince(context);
  const looked = since && since.id !== last?.item_id ? LOOKED_AT[since.kind] : undefined;
  if (looked !== undefined) return { action: looked, slots: {}, at: now };
  return last && { ...last, at: moved(last.at) };
}

const LOOKED_AT: Partial<Record<string, Action>> = {
  task: 'list_tasks',
  event: 'list_events',
  reminder: 'list_reminders',
};

async function preferences(
  deps: NluRoleDeps,
  userId: string,
  ...texts: readonly string[]
): Promise<TimePreferences | undefined> {
  return texts.some(dependsOnPreferences) ? deps.settingsOf(userId) : undefined;
}

/** The flags of a turn, frozen on it; who does not want to be remembered is not. */
async function flagsFor({ flags, settingsOf }: NluRoleDeps, userId: string): Promise<Flags> {
  const [set, { memory }] = [flags.flagsOf(userId), await settingsOf(userId)];
  return { ...set, enable_multi_turn_memory: set.enable_multi_turn_memory && memory === 'on' };
}

const usesPrevious = ({ flags }: NluRoleDeps, userId: string): boolean =>
  !flags.flagsOf(userId).enable_new_intent_classifier;

/**
 * Questions and receipts bear the server's time. A turn that reads its words from a `reference_time` sees them as far
 * from its own now as they are from the server's.
 */
function onClockOf(body: TurnBody, clock: Clock): (at: string) => string {
  const shiftMs = Date.parse(body.reference) - clock.now().getTime();
  return (at) => new Date(Date.parse(at) + shiftMs).toISOString();
}

function pressedUndo(version: string): Understanding {
  return {
    acts: [
      {
        intent: 'undo',
        action: 'undo',
        confidence: 1,
        source: 'rule',
        span: { start: 0, end: 0 },
        entities: [],
        gate: { verdict: 'pass', missing: [], alternatives: [] },
      },
    ],
    continuation: { kind: 'none' },
    nlu_version: version,
    nlu_ms: 0,
  };
}

function report(deps: NluRoleDeps, body: TurnBody, understood: Understanding): void {
  deps.metrics.timeStage('nlu', understood.nlu_ms);
  for (const act of understood.acts) {
    deps.analytics.capture(body.user_id, 'intent_classified', {
      intent: act.intent,
      confidence: act.confidence,
      source: act.source,
    });
    deps.analytics.capture(body.user_id, 'intent_routed', {
      intent: act.intent,
      workflow_type: actionEntry(act.action).workflow,
      confidence: act.confidence,
    });
  }
  deps.analytics.capture(body.user_id, 'intent_classification_latency', { duration_ms: understood.nlu_ms });
}
