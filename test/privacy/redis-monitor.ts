import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

/**
 * Every command that a Redis is given, from now on. Not that of the client library: it takes what is said while MONITOR
 * is being answered for answers.
 */
export class RedisMonitor {
  private constructor(private readonly socket: Socket) {}

  /** @param hear is given a command and its arguments; bytes beyond ASCII are decoded */
  static async open(url: string, hear: (args: string[]) => void): Promise<RedisMonitor> {
    const { hostname, port, username, password } = new URL(url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    const answers = createInterface({ input: socket });
    const ready = new Promise<void>((resolve, reject) => {
      let left = 2;
      answers.on('line', (line) => {
        if (line.startsWith('-')) reject(new Error(line));
        else if (left > 0 && line === '+OK' && --left === 0) resolve();
        else hear(argumentsOf(line));
      });
    });
    socket.write(`AUTH ${[username, password].filter(Boolean).join(' ')}\r\nMONITOR\r\n`);
    await ready;
    return new RedisMonitor(socket);
  }

  close(): void {
    this.socket.destroy();
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', a: '\x07', b: '\b' };

/** `+1795963260.4 [0 127.0.0.1:59648] "set" "key" "\xc3\xa9"` */
function argumentsOf(line: string): string[] {
  return [...line.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, quoted = '']) =>
    quoted
      .replaceAll(/(?:\\x[0-9a-f]{2})+/g, (bytes) =>
        Buffer.from(bytes.replaceAll('\\x', ''), 'hex').toString(),
      )
      .replaceAll(/\\(.)/g, (_, letter: string) => ESCAPES[letter] ?? letter),
  );
}
