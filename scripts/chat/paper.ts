/** How the terminal client writes: colours, indentation, width. */

/** A terminal that does not know its width reports 0 columns. */
export const WIDTH = Math.min(process.stdout.columns || 80, 80);
const COLOURS = process.stdout.isTTY === true;
const paint = (code: number) => (text: string) => (COLOURS ? `\u001b[${code}m${text}\u001b[0m` : text);
export const [bold, dim, green, red, cyan] = [paint(1), paint(2), paint(32), paint(31), paint(36)];

/** One line, indented like everything else. */
export const line = (text: string): void => void process.stdout.write(`  ${text}\n`);

/** Writes text as it streams in, indented and broken between words so that it stays inside the width. */
export class Flow {
  #column = 0;
  #word = '';

  /** The next piece; its last word is held back until it is complete. */
  write(text: string): void {
    for (const char of text) {
      if (char !== ' ' && char !== '\n') this.#word += char;
      else this.#breakAfterWord(char === '\n');
    }
  }
  /** Writes what was held back and ends the line; what comes next begins anew. */
  end(): void {
    this.#breakAfterWord(true);
  }
  #breakAfterWord(newline: boolean): void {
    if (this.#word !== '') {
      if (this.#column > 0 && this.#column + 1 + this.#word.length > WIDTH) this.#newline();
      process.stdout.write((this.#column === 0 ? '  ' : ' ') + this.#word);
      this.#column += (this.#column === 0 ? 2 : 1) + this.#word.length;
      this.#word = '';
    }
    if (newline && this.#column > 0) this.#newline();
  }
  #newline(): void {
    process.stdout.write('\n');
    this.#column = 0;
  }
}

/** What of a reply does not stand in what was told before it: its rest, or all lines from the first other one on. */
export function untold(told: string, reply: string): string {
  if (told.startsWith(reply)) return '';
  if (reply.startsWith(told)) return reply.slice(told.length);
  // A letter that broke off is followed by what took its place, which is the whole reply then.
  const ends = [...told.matchAll(/\n/g)].map(({ index }) => told.slice(index + 1));
  const repeated = ends.find((end) => end.trim() !== '' && `${reply}\n`.startsWith(`${end}\n`));
  if (repeated !== undefined) return reply.slice(repeated.length);
  const before = told.split('\n');
  const rows = reply.split('\n');
  const other = rows.findIndex((row, index) => row !== before[index]);
  const row = rows[other] ?? '';
  const isCut = row !== '' && before[other]?.startsWith(row) === true;
  return rows.slice(isCut ? other + 1 : other).join('\n');
}

/** Pieces joined by dots, in as many lines as the width asks for. */
export function wrapped(pieces: readonly string[]): string[] {
  const rows: string[] = [];
  for (const piece of pieces) {
    const last = rows.at(-1);
    if (last !== undefined && last.length + piece.length + 5 <= WIDTH)
      rows[rows.length - 1] = `${last} · ${piece}`;
    else rows.push(piece);
  }
  return rows;
}
