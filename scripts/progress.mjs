/**
 * Progress for people, on stderr only: stdout belongs to the command (some of them print JSON lines).
 * A terminal gets a live indicator, a log file or a pipe gets one plain line per step.
 */

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** @param {string} line */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * @template T
 * @param {string} label what is being done, in the present tense
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(label, work) {
  if (!process.stderr.isTTY) {
    say(`${label}…`);
    return work();
  }
  const startedAt = Date.now();
  let frame = 0;
  const draw = () => {
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    process.stderr.write(`\r\x1b[K${FRAMES[frame++ % FRAMES.length]} ${label}… ${seconds} s`);
  };
  draw();
  const timer = setInterval(draw, 120);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    process.stderr.write('\r\x1b[K');
  }
}
