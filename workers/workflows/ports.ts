import type {
  Contact,
  Draft,
  EntityKind,
  Event,
  Item,
  Reminder,
  Settings,
  Task,
} from '../../contracts/entities.ts';
import type { EffectWrite } from '../../contracts/records.ts';
import type { Priority } from '../../contracts/slots.ts';
import type { Feature, Tier, UsageStatus } from '../../contracts/usage.ts';
import type { DraftSaid } from '../../db/drafts.ts';
import type { GatedOperation, GateVerdict } from '../../usage/gates.ts';

/** Which tasks; what is not given does not narrow. Days are local, `dueTo` exclusive. */
export interface TaskFilter {
  status?: 'open' | 'done' | undefined;
  dueFrom?: string | undefined;
  dueTo?: string | undefined;
  /** Only tasks without a due date. */
  undated?: boolean | undefined;
  /** Instants; `doneTo` is exclusive. Only tasks that were done then. */
  doneFrom?: Date | undefined;
  doneTo?: Date | undefined;
  list?: string | undefined;
  tags?: readonly string[] | undefined;
  priority?: Priority | undefined;
  text?: string | undefined;
  /** Only steps of these tasks. */
  parents?: readonly string[] | undefined;
  /** Only these. */
  ids?: readonly string[] | undefined;
}

/** A list or a tag, with how many tasks of it are open and done. */
export interface TaskGroup {
  name: string;
  open: number;
  done: number;
}

/** How well words fit: whole, at least as beginnings, or only some of them. */
export type MatchGrade = 'whole' | 'start' | 'part';

/** What a workflow may read of one user's tasks. It never writes: it returns effects. */
export interface TaskReader {
  list(filter: TaskFilter, limit: number): Promise<{ tasks: Task[]; total: number }>;
  find(id: string): Promise<Task | null>;
  last(): Promise<Task | null>;
  match(words: string, limit: number): Promise<{ tasks: Task[]; grade: MatchGrade }>;
  /** By name. */
  groups(by: 'list' | 'tag'): Promise<TaskGroup[]>;
}

/** Which events; what is not given does not narrow. What overlaps the time counts; `to` is exclusive. */
export interface EventFilter {
  from?: Date | undefined;
  to?: Date | undefined;
  text?: string | undefined;
  participants?: readonly string[] | undefined;
  /** `personal`, or `plan` for blocks of work. */
  calendar?: string | undefined;
}
/** What a workflow may read of one user's calendar. */
export interface EventReader {
  /** In order of their start, of a series each day by itself. */
  within(filter: EventFilter & ({ from: Date } | { to: Date })): Promise<Event[]>;
  /** The same, with the version of the calendar that it was read from. */
  around(filter: { from: Date; to: Date }): Promise<{ events: Event[]; version: number }>;
  /** An event, or a whole series. */
  find(id: string): Promise<Event | null>;
  last(): Promise<Event | null>;
  /** Those of just this name, the latest made first. */
  namesakes(title: string, limit: number): Promise<Event[]>;
  /** A series with what belongs to it by this id: later parts of it, and days that were changed by themselves. */
  ofSeries(id: string): Promise<Event[]>;
  /** Time that is planned for tasks and begins at an instant or later, in order. */
  blocksOf(taskIds: readonly string[], from: Date): Promise<Event[]>;
  /** The same of one task, as far as it was taken away at just that moment. */
  blocksGone(taskId: string, at: Date, from: Date): Promise<Event[]>;
  /** Series come once, as they are stored. */
  match(words: string, limit: number): Promise<{ events: Event[]; grade: MatchGrade }>;
  /** Raised with every change of an event; what was planned around them holds only while it is the same. */
  version(): Promise<number>;
}

/** Which reminders; what is not given does not narrow. */
export interface ReminderFilter {
  status?: readonly Reminder['status'][] | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  text?: string | undefined;
  itemId?: string | undefined;
  /** Told since then. */
  firedFrom?: Date | undefined;
  itemIds?: readonly string[] | undefined;
}
/** What a workflow may read of one user's reminders, by the time they come. */
export interface ReminderReader {
  list(filter: ReminderFilter, limit: number): Promise<{ reminders: Reminder[]; total: number }>;
  find(id: string): Promise<Reminder | null>;
  match(words: string, limit: number): Promise<{ reminders: Reminder[]; grade: MatchGrade }>;
}

/** The people of one user. */
export interface ContactReader {
  /** Those whose name has all the words, those of just this name first. */
  match(name: string, limit: number): Promise<Contact[]>;
  list(limit: number): Promise<{ contacts: Contact[]; total: number }>;
}

/** Which emails; what is not given does not narrow. Instants are when it was sent, or written if it was not; `to` is exclusive. */
export interface DraftFilter {
  recipient?: string | undefined;
  text?: string | undefined;
  status?: readonly Draft['status'][] | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
}
/** What a workflow may read of one user's emails, newest first. */
export interface DraftReader {
  find(id: string): Promise<Draft | null>;
  list(filter: DraftFilter, limit: number): Promise<{ drafts: Draft[]; total: number }>;
  /** Those that were not sent come first. */
  match(words: string, limit: number): Promise<{ drafts: Draft[]; grade: MatchGrade }>;
  /** What a template was filled with; null where there was none, or the words were changed since. */
  said(id: string): Promise<DraftSaid | null>;
}

/** What is looked for; `list` only tasks have. Instants; `to` is exclusive. */
export interface SearchQuery {
  /** Letters and digits only; any of them, as the beginning of a word. Without terms the filters alone count. */
  terms: readonly string[];
  from?: Date | undefined;
  to?: Date | undefined;
  list?: string | undefined;
  kinds: readonly FoundItem['kind'][];
}
/** Something that may be meant. `title` is what it is called by, `body` all else that was looked at. */
export interface FoundItem {
  kind: 'task' | 'event' | 'draft' | 'turn';
  id: string;
  title: string;
  body: string;
  /** When it is due, begins, was written or said; a day, or an instant with its offset. */
  at: string | null;
  sessionId: string | null;
  /** A task that is done, an event that is over. */
  isOver: boolean;
  /** What was made or changed by something said. */
  madeIds: string[];
}
/** What a workflow may read of everything that one user has and has said. */
export interface SearchReader {
  /** The newest of each kind first, up to `limit` of a kind. */
  find(query: SearchQuery, at: { zone: string; reference: Date }, limit: number): Promise<FoundItem[]>;
  /** Words that the user has written, the commonest first. */
  words(limit: number): Promise<string[]>;
}

/** An effect as its receipt keeps it, columns before and after. */
export interface UndoableEffect {
  kind: string;
  op: EffectWrite['op'];
  item_id: string;
  reason: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown>;
}
/** A receipt with what is needed to take it back. */
export interface UndoableReceipt {
  id: string;
  /** Null for a change without words. */
  turn_id: string | null;
  created_at: Date;
  /** What it was done for: source and confidence of the understanding, and the words. */
  reason: Record<string, unknown>;
  action: string;
  summary: string;
  undoes: string | null;
  undone_by: string | null;
  undo_until: Date | null;
  effects: UndoableEffect[];
}
/** Receipts of the user of the turn. */
export interface ReceiptReader {
  find(id: string): Promise<UndoableReceipt | null>;
  undoable(limit: number): Promise<UndoableReceipt[]>;
  /** All of them, newest first. */
  recent(limit: number): Promise<UndoableReceipt[]>;
  /** The change that came last and holds, whether or not it can still be taken back. */
  last(): Promise<UndoableReceipt | null>;
  /** When a task was completed last, since an instant. */
  completed(taskId: string, from: Date): Promise<Date | null>;
  /** The words that gave tasks the time they are due at, by their ids; none where it was given without words. */
  dueWords(taskIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** What was changed since an instant and still stands, newest first; without what only took something back. */
  since(from: Date, limit: number): Promise<{ summaries: string[]; total: number }>;
  /** Items as the table has them now, by id, deleted ones too; in the form that receipts keep. */
  rows(ids: readonly string[]): Promise<ReadonlyMap<string, Record<string, unknown>>>;
  /** Tokens that the turn of a receipt was charged. */
  charged(id: string): Promise<number>;
}

/** What the plans give; null is no limit. */
export interface UsageTerms {
  /** Tokens a month. */
  limits: Record<Tier, number | null>;
  /** Name of the language model that words drafts. */
  draftModel: string;
}
/** What the books have of a user's month, which may be some moments behind the quota. Tokens; operations by tokens. */
export interface MonthInBooks {
  today: number;
  total: number;
  operations: { operation: string; tokens_used: number }[];
}
/** Where the user's quota stands, and what it went to. */
export interface UsageReader {
  status(): Promise<UsageStatus>;
  terms(): Promise<UsageTerms>;
  month(): Promise<MonthInBooks>;
}

export interface SettingsReader {
  /** With defaults for what was never set. */
  read(): Promise<Settings>;
  /** What was set, as an effect has to write it as a whole. */
  stored(): Promise<{ settings: Record<string, unknown>; version: number }>;
}

/** The user's things, as a workflow sees them. */
export interface Ports {
  userId: string;
  tasks: TaskReader;
  events: EventReader;
  reminders: ReminderReader;
  contacts: ContactReader;
  /** Any thing by its id; null when it is gone. */
  items: { find(kind: EntityKind, id: string): Promise<Item | null> };
  drafts: DraftReader;
  search: SearchReader;
  settings: SettingsReader;
  receipts: ReceiptReader;
  usage: UsageReader;
  /**
   * Runs something as if effects were written already: what a message asks for first is seen by what it asks for next.
   * Nothing of it stays.
   */
  after<T>(effects: readonly EffectWrite[], work: (ports: Ports) => Promise<T>): Promise<T>;
}

/** Whether a metered operation may be used now, and if not, why, and what is free instead. */
export type OperationVerdict = GateVerdict;

/** Something to be asked of a language model. */
export interface Wording<T> {
  operation: GatedOperation;
  intent: string;
  /** Number of the act within the turn. */
  step: number;
  /** Name of the calling function, for the books. */
  function: string;
  prompt: {
    messages: readonly { role: 'system' | 'user' | 'assistant'; content: string }[];
    maxOutputTokens: number;
    temperature?: number;
  };
  /** Checks the finished text; what it throws is not charged. Throws `WordingFailed` for what is unusable. */
  read(text: string): T;
  /** The answer is data: nobody is shown it as it comes. */
  hidden?: boolean;
}

/** What was read from an answer, and what the user is charged for it. */
export interface Worded<T> {
  value: T;
  tokens: number;
}

/** The language model as a workflow sees it: metered, and streamed to the user as it comes unless it is hidden. */
export interface WordingModel {
  check(operation: GatedOperation): Promise<OperationVerdict>;
  /**
   * @throws WordingFailed when the model gave nothing usable: nothing is charged, and something deterministic may stand
   *   in; PulseError `quota_exceeded` when another call has taken the tokens meanwhile
   */
  word<T>(wording: Wording<T>): Promise<Worded<T>>;
  /**
   * Takes the price of a feature that asks no model; given back where the turn commits nothing.
   *
   * @returns tokens charged
   * @throws PulseError `quota_exceeded` when another call has taken the tokens meanwhile
   */
  charge(
    use: Pick<Wording<unknown>, 'intent' | 'step' | 'function'> & { operation: Feature },
  ): Promise<number>;
}

/** The language model gave nothing that can be used; nothing was charged. */
export class WordingFailed extends Error {
  override readonly name = 'WordingFailed';
  constructor(readonly kind: string) {
    super('The language model gave no usable answer');
  }
}
