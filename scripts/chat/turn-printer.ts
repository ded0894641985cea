import {
  hasEnded,
  receiptsOf,
  replyOf,
  sayTokens,
  understoodOf,
  undoUntil,
  type Turn,
} from '../../web/client/index.ts';
import { cardLines, isTold, printChoices } from './cards.ts';
import { cyan, dim, Flow, line, red, untold, wrapped } from './paper.ts';

const STEP_SHOWN_AFTER_MS = 500;

/** Follows one turn from the keyboard to its end and prints each step once. */
export class TurnPrinter {
  readonly #flow = new Flow();
  readonly #startedAt = performance.now();
  readonly #marks: string[] = [];
  readonly #canUndo: boolean;
  #attempt = 0;
  #told = '';
  #isOver = false;
  #step = '';
  #stepTimer: ReturnType<typeof setTimeout> | undefined;
  #chipsShown = false;

  /** @param options.canUndo there will be a prompt at which `/undo` can be typed */
  constructor(options: { canUndo: boolean }) {
    this.#canUndo = options.canUndo;
  }

  /** The turn as it is known now, again and again; prints what is new in it. */
  show(turn: Turn): void {
    if (this.#isOver) return;
    if (turn.phase !== 'sending') this.#mark('ack', 0);
    if (turn.phase !== 'sending' && turn.phase !== 'queued') this.#mark('first frame', 1);
    if (turn.attempt > this.#attempt && this.#told !== '') {
      this.#flow.end();
      this.#told = '';
      line(dim('starting over'));
    }
    this.#attempt = turn.attempt;
    if (!this.#chipsShown && (turn.acts.length > 0 || hasEnded(turn))) this.#chips(turn);
    const reply = replyOf(turn);
    if (turn.progress && turn.progress.label !== this.#step) this.#announce(turn.progress.label);
    if (reply !== '' || hasEnded(turn)) clearTimeout(this.#stepTimer);
    this.#tell(reply);
    if (hasEnded(turn)) this.#end(turn);
  }

  /** A reply that goes on is written on; of one that is another text, what differs. */
  #tell(reply: string): void {
    const rest = untold(this.#told, reply);
    if (!reply.startsWith(this.#told)) {
      if (rest === '') return;
      this.#flow.end();
    }
    this.#flow.write(rest);
    this.#told = reply;
  }

  /** Most turns end before anybody could read what they are about to do. */
  #announce(step: string): void {
    this.#step = step;
    clearTimeout(this.#stepTimer);
    this.#stepTimer = setTimeout(() => line(dim(`${step} …`)), STEP_SHOWN_AFTER_MS);
  }

  #end(turn: Turn): void {
    this.#isOver = true;
    this.#flow.end();
    if (turn.error) line(red(turn.error.message));
    if (turn.phase === 'cancelled' && !/^cancelled/i.test(replyOf(turn))) line(dim('cancelled'));
    for (const card of turn.cards)
      if (!isTold(card, replyOf(turn))) for (const row of cardLines(card, replyOf(turn))) line(row);
    const cost = turn.result?.usage.tokens_used ?? 0;
    if (cost > 0) line(dim(sayTokens(cost)));
    if (turn.phase === 'clarifying' && turn.question) printChoices(turn.question);
    if (this.#canUndo && receiptsOf(turn).some((receipt) => undoUntil(receipt) !== null))
      line(dim('/undo takes this back'));
    this.#mark('end', 2);
    const server = turn.result ? ` · ${Math.round(turn.result.timings_ms.total)} ms in the server` : '';
    line(dim(this.#marks.filter((mark) => mark !== '').join(' · ') + server));
  }

  #chips(turn: Turn): void {
    this.#chipsShown = true;
    // A line of its own for each act, so that several of a message are told apart.
    for (const { label, pieces } of understoodOf(turn, new Date())) {
      const chips = pieces.map(({ label: slot, value, words, alternatives }) => {
        const source = words && words.text !== value ? ` ← "${words.text}"` : '';
        const other = alternatives.map((alternative) => ` (or ${alternative.value})`).join('');
        return `${slot}: ${value}${source}${other}`;
      });
      for (const row of wrapped([...(label === null ? [] : [label]), ...chips])) line(cyan(row));
    }
  }

  #mark(name: string, index: number): void {
    this.#marks[index] ??= `${name} ${Math.round(performance.now() - this.#startedAt)} ms`;
  }
}
