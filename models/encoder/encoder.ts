import { setTimeout as sleep } from 'node:timers/promises';
import { builtEntry } from '../../core/checkout.ts';
import { refuseNativeTelemetry } from '../../core/config.ts';
import type { EncoderModel } from './encoder-model.ts';
import { EncoderWorker } from './encoder-worker.ts';
import { EncoderUnavailable, NoSuchHead } from './errors.ts';
import { threadMessage, type ThreadAnswer, type ThreadMessage } from './messages.ts';
import { normaliseText } from './normalise-text.ts';
import type { Encoded } from './sentence-model.ts';

/** Something that whoever runs the product should know; `message` is one sentence. */
export interface EncoderEvent {
  level: 'info' | 'warn' | 'error';
  message: string;
}

export interface EncoderOptions {
  model: EncoderModel;
  /** Paths of the manifests of the heads that the thread loads as well. */
  heads?: readonly string[];
  onEvent?: (event: EncoderEvent) => void;
  /** How long the thread may be silent over one request before it counts as hung. */
  deadlineMs?: number;
  /** How long everything is refused once threads keep failing. */
  restMs?: number;
  /** File that the thread runs; for tests. */
  entry?: string;
}

type Question = { kind: 'encode'; texts: string[] } | { kind: 'classify'; head: string; text: string };

interface Job {
  id: number;
  question: Question;
  /** How often a thread has died, or hung, over it. */
  falls: number;
  resolve(answer: ThreadAnswer): void;
  reject(error: Error): void;
}

/**
 * The life of the thread:
 *
 *   starting → ready      it has loaded everything; requests go to it
 *   ready    → starting   it died or hung; what it had is asked again of the next one
 *   starting → starting   it died before it was ready
 *            → resting    MAX_FALLS threads in a row answered nothing: everything is refused, and the first request
 *                         after REST_MS starts another one
 *   any      → closed
 */
type State =
  | { name: 'starting' | 'ready'; worker: EncoderWorker }
  | { name: 'resting'; until: number }
  | { name: 'closed' };

const DEADLINE_MS = 2_000;
/** A model from the disk loads in a fraction of a second; one from a hub has to be fetched first. */
const START_MS: Record<EncoderModel['kind'], number> = { folder: 30_000, hub: 600_000 };
const MAX_FALLS = 3;
/** Of one request: it may have been bad luck once. */
const MAX_FALLS_OF_ONE = 2;
const REST_MS = 5_000;
const CLOSE_MS = 1_000;
/**
 * Enough for the thread never to wait for the next request; the rest waits here, where it outlives the thread. After a
 * thread was lost it is one until there is an answer, so that no request is blamed for its neighbour.
 */
const IN_FLIGHT = 4;
/** Texts of one message to the thread: a long list lets others in between, and stays within the deadline. */
const TEXTS_AT_ONCE = 8;

/**
 * Turns texts into vectors, in one long-lived thread with one session, so that the caller's event loop stays free.
 * A thread that dies or hangs is replaced, and no request is lost with it: the one that it was busy with is run again
 * once, the others as if nothing had happened.
 *
 * Every method that asks the thread rejects with EncoderUnavailable when threads keep failing, or after `close`.
 */
export class Encoder {
  private state: State;
  private readonly waiting: Job[] = [];
  /** In the order in which the thread answers: it is busy with the first. */
  private readonly sent: Job[] = [];
  private lastId = 0;
  /** Threads that were lost since the last answer. */
  private falls = 0;
  private answers = 0;
  private deadline: NodeJS.Timeout | undefined;
  private facts: { dimension: number; heads: readonly string[] } | undefined;
  private readonly started: Promise<void>;
  private settleStart: { resolve(): void; reject(error: Error): void } | undefined;

  private constructor(private readonly options: EncoderOptions) {
    this.started = new Promise((resolve, reject) => {
      this.settleStart = { resolve, reject };
    });
    this.state = { name: 'starting', worker: this.startThread() };
  }

  /**
   * Resolves when model and heads are loaded.
   *
   * @throws NoSuchHead, and Error that says what is wrong with the model's files
   */
  static async start(options: EncoderOptions): Promise<Encoder> {
    refuseNativeTelemetry();
    const encoder = new Encoder(options);
    await encoder.started;
    return encoder;
  }

  /** To be kept beside every vector that is stored. */
  get model(): string {
    return this.options.model.name;
  }

  /** Numbers in a vector. */
  get dimension(): number {
    return this.facts?.dimension ?? 0;
  }

  /** Ids of the heads that can be asked. */
  get heads(): readonly string[] {
    return this.facts?.heads ?? [];
  }

  /**
   * One pair of vectors for each text, in their order; texts are normalised here.
   *
   * @throws EmptyText when nothing is left of one of them; none is encoded then
   */
  async encode(texts: readonly string[]): Promise<Encoded[]> {
    const normal = texts.map(normaliseText);
    const parts = Array.from({ length: Math.ceil(normal.length / TEXTS_AT_ONCE) }, (_, index) =>
      this.encodePart(normal.slice(index * TEXTS_AT_ONCE, (index + 1) * TEXTS_AT_ONCE)),
    );
    return (await Promise.all(parts)).flat();
  }

  /**
   * The scores that a head gives a text, in the order of its labels.
   *
   * @throws EmptyText, NoSuchHead
   */
  async classify(head: string, text: string): Promise<Float32Array> {
    if (!this.heads.includes(head)) throw new NoSuchHead(head);
    const answer = await this.ask({ kind: 'classify', head, text: normaliseText(text) });
    if (answer.kind !== 'classified') throw new Error(`The thread answered "${answer.kind}" to "classify"`);
    return answer.scores;
  }

  /** Ends the thread; what is still waited for is refused. */
  async close(): Promise<void> {
    const { state } = this;
    this.state = { name: 'closed' };
    this.stopDeadline();
    this.refuseAll('The encoder has been closed');
    if (state.name !== 'starting' && state.name !== 'ready') return;
    if (state.name === 'ready') await state.worker.leave(CLOSE_MS);
    await Promise.race([state.worker.end(), sleep(CLOSE_MS, undefined, { ref: false })]);
  }

  private async encodePart(texts: string[]): Promise<Encoded[]> {
    const answer = await this.ask({ kind: 'encode', texts });
    if (answer.kind !== 'encoded') throw new Error(`The thread answered "${answer.kind}" to "encode"`);
    const { emb, hid } = answer;
    const { dimension } = this;
    return texts.map((_, index) => ({
      emb: emb.subarray(index * dimension, (index + 1) * dimension),
      hid: hid.subarray(index * dimension, (index + 1) * dimension),
    }));
  }

  private ask(question: Question): Promise<ThreadAnswer> {
    return new Promise((resolve, reject) => {
      if (this.state.name === 'closed') return reject(new EncoderUnavailable('The encoder has been closed'));
      if (this.state.name === 'resting') {
        if (Date.now() < this.state.until)
          return reject(new EncoderUnavailable('The encoder keeps failing and rests for a moment'));
        // One more try, and no three of them: this request would wait too long.
        this.falls = MAX_FALLS - 1;
        this.state = { name: 'starting', worker: this.startThread() };
      }
      this.waiting.push({ id: (this.lastId += 1), question, falls: 0, resolve, reject });
      this.sendMore();
      return undefined;
    });
  }

  private sendMore(): void {
    if (this.state.name !== 'ready') return;
    const inFlight = this.falls === 0 ? IN_FLIGHT : 1;
    while (this.sent.length < inFlight) {
      const job = this.waiting.shift();
      if (job === undefined) return;
      if (this.sent.length === 0)
        this.startDeadline(this.options.deadlineMs ?? DEADLINE_MS, 'has been silent');
      this.sent.push(job);
      this.state.worker.send({ id: job.id, ...job.question });
    }
  }

  private startThread(): EncoderWorker {
    const { model, heads = [], entry = builtEntry('models/encoder/encoder-thread') } = this.options;
    const isOurs = (): boolean => 'worker' in this.state && this.state.worker === worker;
    const worker = new EncoderWorker(
      entry,
      { model, heads: [...heads] },
      {
        onMessage: (message) => {
          if (!isOurs()) return;
          const parsed = threadMessage.safeParse(message);
          if (parsed.success) this.onMessage(worker, parsed.data);
          else this.onFall('it said something unknown');
        },
        onEnd: (reason) => {
          if (isOurs()) this.onFall(reason);
        },
      },
    );
    this.startDeadline(START_MS[model.kind], 'has been starting');
    return worker;
  }

  private onMessage(worker: EncoderWorker, message: ThreadMessage): void {
    if (message.kind === 'ready') {
      this.stopDeadline();
      this.facts = message;
      this.state = { name: 'ready', worker };
      this.settleStart?.resolve();
      this.settleStart = undefined;
      this.sendMore();
    } else if (message.kind === 'failed') {
      this.onFailedStart(message);
    } else {
      this.onAnswer(message);
    }
  }

  private onAnswer(answer: ThreadAnswer): void {
    const job = this.sent.shift();
    if (job?.id !== answer.id) return this.onFall('it answered out of turn', job);
    this.falls = 0;
    this.answers += 1;
    if (this.sent.length === 0) this.stopDeadline();
    else this.deadline?.refresh();
    if (answer.kind === 'refused')
      job.reject(new Error(`The encoder could not read this: ${answer.message}`));
    else job.resolve(answer);
    this.sendMore();
  }

  /** The first start tells its caller, who has to put it right; a later one may find the files whole again. */
  private onFailedStart({ name, message, head }: Extract<ThreadMessage, { kind: 'failed' }>): void {
    if (this.settleStart === undefined) return this.onFall(message);
    const error = name === 'NoSuchHead' && head !== undefined ? new NoSuchHead(head) : new Error(message);
    this.state = { name: 'closed' };
    this.stopDeadline();
    this.settleStart.reject(error);
    this.settleStart = undefined;
    this.refuseAll(message);
  }

  /** The thread is lost. `running` is what it was busy with, if that is no longer the first of what was sent. */
  private onFall(reason: string, running = this.sent.shift()): void {
    if (!('worker' in this.state)) return;
    // A hung one may not even notice; it is not waited for.
    void this.state.worker.end();
    this.stopDeadline();
    this.falls += 1;
    this.waiting.unshift(...this.sent.splice(0));
    if (running !== undefined) this.askAgain(running, reason);
    if (this.falls < MAX_FALLS) {
      this.tell('warn', `The encoder's thread is started again: ${reason}`);
      this.state = { name: 'starting', worker: this.startThread() };
      return;
    }
    const message = `The encoder keeps failing: ${reason}`;
    this.tell('error', message);
    this.state =
      this.settleStart === undefined
        ? { name: 'resting', until: Date.now() + (this.options.restMs ?? REST_MS) }
        : { name: 'closed' };
    this.settleStart?.reject(new EncoderUnavailable(message));
    this.settleStart = undefined;
    this.refuseAll(message);
  }

  private askAgain(job: Job, reason: string): void {
    job.falls += 1;
    if (job.falls < MAX_FALLS_OF_ONE) this.waiting.unshift(job);
    else job.reject(new EncoderUnavailable(`The encoder failed twice over one text: ${reason}`));
  }

  /** Begins anew with every answer. */
  private startDeadline(ms: number, reason: string): void {
    this.stopDeadline();
    const deadline = setTimeout(() => {
      const { answers } = this;
      // If it was this loop that hung, an answer lies here already and is taken before the second look.
      setImmediate(() => {
        if (this.deadline === deadline && this.answers === answers) this.onFall(`it ${reason} for ${ms} ms`);
      });
    }, ms);
    this.deadline = deadline;
  }

  private stopDeadline(): void {
    clearTimeout(this.deadline);
    this.deadline = undefined;
  }

  private refuseAll(message: string): void {
    for (const job of [...this.sent.splice(0), ...this.waiting.splice(0)])
      job.reject(new EncoderUnavailable(message));
  }

  private tell(level: EncoderEvent['level'], message: string): void {
    this.options.onEvent?.({ level, message });
  }
}
