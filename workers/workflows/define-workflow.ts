import { Runnable, type RunnableConfig } from '@langchain/core/runnables';
import { LastValue } from '@langchain/langgraph/channels';
import { Channel, Pregel } from '@langchain/langgraph/pregel';
import { Command, interrupt } from '@langchain/langgraph/web';
import { INTENTS, type Action, type WorkflowType } from '../../contracts/intents.ts';
import type { ActParams } from '../../contracts/nlu.ts';
import type { Slot, Slots } from '../../contracts/slots.ts';
import { provideGraphContext } from './graph-context.ts';
import { asShownAgain, sinceShown } from './since-shown.ts';
import { RunSaver, type StoredCheckpoint } from './run-saver.ts';
import type { Handler, Outcome, Question, Work } from './outcome.ts';

/** What the graph keeps of an act between its question and the answer. */
export interface ActState {
  action: Action;
  slots: Slots;
  /** Missing in checkpoints of earlier versions. */
  params?: ActParams | undefined;
  missing: Slot[];
  words: string;
}

/** The answer that a waiting graph is resumed with. */
export interface Answer {
  slots: Slots;
  skipped: Slot[];
  confirmed: boolean | null;
  /** The `choice_id` of a button, or of the choice that the words meant. Missing in checkpoints of earlier versions. */
  choice?: string | null;
  /** Choices of the questions before. Missing in checkpoints of earlier versions. */
  chosen?: string[];
  /** The memo of the question that is answered. */
  memo?: unknown;
  /** What the user said. */
  words: string;
}

/** Everything a run needs besides the act's own state; given anew at each run, never stored. */
export type WorkSetting = Omit<
  Work,
  keyof ActState | 'skipped' | 'confirmed' | 'choice' | 'chosen' | 'answered' | 'memo'
>;

export type RunResult =
  | { kind: 'done'; outcome: Outcome; slots: Slots }
  | { kind: 'asked'; question: Question; slots: Slots; checkpoint: StoredCheckpoint };

/** A compiled graph; serves any number of runs at once. */
export interface Workflow {
  readonly type: WorkflowType;
  readonly actions: readonly Action[];
  /** @param answer what was answered already, when an act is planned anew */
  start(act: ActState, setting: WorkSetting, answer?: Answer): Promise<RunResult>;
  /** Goes on where it asked. Throws when the checkpoint can't be read; the caller then plans anew. */
  resume(checkpoint: StoredCheckpoint, answer: Answer, setting: WorkSetting): Promise<RunResult>;
}

/** An act on its way through the graph, with what was answered so far. */
interface Step {
  act: ActState;
  answer: Answer;
}
interface Waiting extends Step {
  question: Question;
}
interface Done {
  outcome: Outcome;
  slots: Slots;
}

/**
 * A node that is given its configuration and asks for no context. LangChain's own wrapper of a function opens a trace
 * and a storage around each call, which costs more than the step itself.
 */
class Node<In, Out> extends Runnable<In, Out> {
  lc_namespace = ['pulseplan'];

  constructor(private readonly step: (input: In, config: RunnableConfig) => Out | Promise<Out>) {
    super();
  }

  override async invoke(input: In, config: RunnableConfig = {}): Promise<Out> {
    return this.step(input, config);
  }
}

/** The actions that the contract gives to a workflow. */
function actionsOf(type: WorkflowType): Action[] {
  return Object.values(INTENTS)
    .filter((entry) => entry.workflow === type)
    .flatMap((entry) => Object.keys(entry.actions) as Action[]);
}

/**
 * One LangGraph graph for each workflow: `work` does an act or finds that something is missing, `ask` interrupts with
 * the question and takes the answer. A node that asks does nothing else, since it runs again on resume. Compiled once.
 *
 * The graph is wired by its channels (`step` → work → `waiting` → ask → `step`, work → `done`), so that an act that
 * needs no question is one superstep; the same graph drawn with StateGraph takes two and nearly three times the CPU
 * (docs/decisions/0007-one-superstep.md).
 *
 * @param handlers one for each action that the contract gives to this workflow
 * @throws for one of another workflow's, so that the role does not start
 */
export function defineWorkflow(type: WorkflowType, handlers: Partial<Record<Action, Handler>>): Workflow {
  const own = actionsOf(type);
  const strays = Object.keys(handlers).filter((action) => !own.some((one) => one === action));
  if (strays.length > 0)
    throw new Error(
      `The ${type} workflow is given what the contract does not give to it: ${strays.join(', ')}`,
    );
  const actions = own.filter((action) => handlers[action]);

  const work = async (
    { step }: { step: Step },
    config: RunnableConfig,
  ): Promise<{ waiting?: Waiting; done?: Done }> => {
    const { act, answer } = step;
    const handler = handlers[act.action];
    if (!handler) throw new Error(`The ${type} workflow has no handler for ${act.action}`);
    const { skipped, confirmed, choice = null, memo } = answer;
    const given = { skipped, confirmed, choice, chosen: choicesOf(answer), answered: answer.slots, memo };
    const asked = { ...settingOf(config), ...act, ...given };
    const since = await sinceShown(asked);
    const result = since
      ? asShownAgain(await handler({ ...asked, memo: since.again }), since)
      : await handler(asked);
    if ('ask' in result) {
      const slots = result.ask.settled ?? { ...act.slots, ...result.ask.keep };
      return { waiting: { act: { ...act, slots }, answer, question: result.ask } };
    }
    return { done: { outcome: result.done, slots: act.slots } };
  };
  const ask = ({ waiting: { act, answer, question } }: { waiting: Waiting }): Step => {
    // The question itself is left in `waiting`; once is enough.
    const said = interrupt<string, Answer>(question.slot);
    return {
      act: {
        ...act,
        slots: { ...act.slots, ...said.slots },
        words: [act.words, said.words].filter(Boolean).join(' … '),
        missing: act.missing.filter((slot) => !(slot in said.slots)),
      },
      answer: {
        ...said,
        slots: { ...answer.slots, ...said.slots },
        skipped: [...answer.skipped, ...said.skipped],
        chosen: choicesOf(answer),
        memo: question.memo,
      },
    };
  };

  provideGraphContext();
  const saver = new RunSaver();
  const graph = new Pregel({
    channels: {
      step: new LastValue<Step>(),
      waiting: new LastValue<Waiting>(),
      done: new LastValue<Done>(),
    },
    inputChannels: 'step',
    outputChannels: ['waiting', 'done'],
    nodes: {
      work: Channel.subscribeTo(['step'])
        .pipe(new Node(work))
        .pipe(
          // What is undefined is not written, and wakes nobody.
          Channel.writeTo([], {
            waiting: new Node(({ waiting }: { waiting?: Waiting }) => waiting),
            done: new Node(({ done }: { done?: Done }) => done),
          }),
        ),
      // A plain function: LangGraph then keeps the context that `interrupt` looks for.
      ask: Channel.subscribeTo(['waiting'])
        .pipe(ask)
        .pipe(Channel.writeTo(['step'])),
    },
    checkpointer: saver,
  });

  const run = async (thread: string, input: Step | Command, setting: WorkSetting): Promise<RunResult> => {
    try {
      const config = {
        configurable: { thread_id: thread, setting },
        durability: 'exit' as const,
        recursionLimit: 25,
      };
      const left = (await graph.invoke(input as never, config)) as { waiting?: Waiting; done?: Done };
      if (left.done) return { kind: 'done', ...left.done };
      if (!left.waiting) throw new Error(`The ${type} workflow ended without an outcome`);
      const { question, act } = left.waiting;
      return { kind: 'asked', question, slots: act.slots, checkpoint: saver.take(thread) };
    } finally {
      saver.drop(thread);
    }
  };

  return {
    type,
    actions,
    start: (act, setting, answer = NO_ANSWER) => run(setting.newId(), { act, answer }, setting),
    resume: async (checkpoint, answer, setting) => {
      const thread = setting.newId();
      saver.restore(thread, checkpoint);
      return run(thread, new Command({ resume: answer }), setting);
    },
  };
}

const choicesOf = ({ choice, chosen = [] }: Answer): string[] => (choice ? [...chosen, choice] : chosen);

const NO_ANSWER: Answer = { slots: {}, skipped: [], confirmed: null, words: '' };

function settingOf(config: RunnableConfig): WorkSetting {
  const setting: unknown = config.configurable?.['setting'];
  if (typeof setting !== 'object' || setting === null)
    throw new Error('The graph was run without its setting');
  return setting as WorkSetting;
}
