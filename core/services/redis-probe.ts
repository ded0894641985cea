import { connect } from 'node:net';

/**
 * Whether a Redis on loopback answers: by hand rather than with a client, whose timers and reconnects are made
 * for long lives and would keep the launcher's process open after it is done.
 */
export function probeRedis(port: number, password: string, timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' });
    let answer = '';
    const finish = (error?: Error) => {
      socket.destroy();
      if (error === undefined) resolve();
      else reject(error);
    };
    socket.setTimeout(timeoutMs, () => finish(new Error('Redis does not answer in time')));
    socket.once('error', finish);
    socket.once('close', () => finish(new Error('Redis closed the connection')));
    socket.once('connect', () => socket.write(`AUTH ${password}\r\nPING\r\n`));
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      // While the data is loaded PING is refused with an error, and that is not an answer.
      if (answer.includes('+PONG\r\n')) finish();
      else if (answer.split('\r\n').length > 2) finish(new Error(answer));
    });
  });
}
