import { Annotation, Command, END, interrupt, START, StateGraph } from '@langchain/langgraph';
import type { RunnableConfig } from '@langchain/core/runnables';
import { INTENTS, type Action, type WorkflowType } from '../../contracts/intents.ts';
import type { Slot, Slots } from '../../contracts/slots.ts';
import { RunSaver, type StoredCheckpoint } from './run-saver.ts';
import type { Handler, Outcome, Question, Work } from './outcome.ts';

/** What the graph keeps of an act between its question and the answer. */
export interface ActState {
  action: Action;
  slots: Slots;
  missing: Slot[];
  words: string;
}

/** The answer that a waiting graph is resumed with. */
export interface Answer {
  slots: Slots;
  skipped: Slot[];
  confirmed: boolean | null;
  /** What the user said. */
  words: string;
}

/** Everything a run needs besides the act's own state; given anew at each run, never stored. */
export type WorkSetting = Omit<Work, keyof ActState | 'skipped' | 'confirmed'>;

export type RunResult =
  | { kind: 'done'; outcome: Outcome; slots: Slots }
  | { kind: 'asked'; question: Question; slots: Slots; checkpoint: StoredCheckpoint };

export interface Workflow {
  readonly type: WorkflowType;
  readonly actions: readonly Action[];
  /** @param answer what was answered already, when an act is planned anew */
  start(act: ActState, setting: WorkSetting, answer?: Answer): Promise<RunResult>;
  /** Goes on where it asked. Throws when the checkpoint can't be read; the caller then plans anew. */
  resume(checkpoint: StoredCheckpoint, answer: Answer, setting: WorkSetting): Promise<RunResult>;
}

const last = <T>(initial: T) =>
  Annotation<T>({ reducer: (_old: T, next: T) => next, default: () => initial });

/** The actions that the contract gives to a workflow. */
export function actionsOf(type: WorkflowType): Action[] {
  return Object.values(INTENTS)
    .filter((entry) => entry.workflow === type)
    .flatMap((entry) => Object.keys(entry.actions) as Action[]);
}

/**
 * One LangGraph graph for each workflow: `work` does an act or finds that something is missing, `ask` interrupts with
 * the question and takes the answer. A node that asks does nothing else, since it runs again on resume. Compiled once.
 *
 * @param handlers one for each action that the contract gives to this workflow
 */
export function defineWorkflow(type: WorkflowType, handlers: Partial<Record<Action, Handler>>): Workflow {
  const actions = actionsOf(type).filter((action) => handlers[action]);
  const State = Annotation.Root({
    act: last<ActState>({ action: 'help', slots: {}, missing: [], words: '' }),
    answer: last<Answer>({ slots: {}, skipped: [], confirmed: null, words: '' }),
    question: last<Question | null>(null),
    outcome: last<Outcome | null>(null),
  });
  type GraphState = typeof State.State;

  // A step of its own decides nothing here: a conditional edge would be one more task of every run.
  const work = async (state: GraphState, config: RunnableConfig): Promise<Command> => {
    const handler = handlers[state.act.action];
    if (!handler) throw new Error(`The ${type} workflow has no handler for ${state.act.action}`);
    const step = await handler({
      ...settingOf(config),
      ...state.act,
      skipped: state.answer.skipped,
      confirmed: state.answer.confirmed,
    });
    return 'ask' in step
      ? new Command({ goto: 'ask', update: { question: step.ask, outcome: null } })
      : new Command({ goto: END, update: { question: null, outcome: step.done } });
  };
  const askNode = (state: GraphState): Partial<GraphState> => {
    const answer = interrupt<Question | null, Answer>(state.question);
    return {
      act: {
        ...state.act,
        slots: { ...state.act.slots, ...answer.slots },
        words: [state.act.words, answer.words].filter(Boolean).join(' … '),
        missing: state.act.missing.filter((slot) => !(slot in answer.slots)),
      },
      answer: { ...answer, skipped: [...state.answer.skipped, ...answer.skipped] },
    };
  };

  const saver = new RunSaver();
  const graph = new StateGraph(State)
    .addNode('work', work, { ends: ['ask', END] })
    .addNode('ask', askNode)
    .addEdge(START, 'work')
    .addEdge('ask', 'work')
    .compile({ checkpointer: saver });

  const run = async (
    thread: string,
    input: Partial<GraphState> | Command,
    setting: WorkSetting,
  ): Promise<RunResult> => {
    try {
      const config = {
        configurable: { thread_id: thread, setting },
        durability: 'exit' as const,
        recursionLimit: 25,
      };
      const state = (await graph.invoke(input as never, config)) as GraphState;
      if (state.question)
        return {
          kind: 'asked',
          question: state.question,
          slots: state.act.slots,
          checkpoint: saver.take(thread),
        };
      if (!state.outcome) throw new Error(`The ${type} workflow ended without an outcome`);
      return { kind: 'done', outcome: state.outcome, slots: state.act.slots };
    } finally {
      saver.drop(thread);
    }
  };

  return {
    type,
    actions,
    start: (act, setting, answer) =>
      run(setting.newId(), { act, ...(answer === undefined ? {} : { answer }) }, setting),
    resume: async (checkpoint, answer, setting) => {
      const thread = setting.newId();
      saver.restore(thread, checkpoint);
      return run(thread, new Command({ resume: answer }), setting);
    },
  };
}

function settingOf(config: RunnableConfig): WorkSetting {
  const setting: unknown = config.configurable?.['setting'];
  if (typeof setting !== 'object' || setting === null)
    throw new Error('The graph was run without its setting');
  return setting as WorkSetting;
}
