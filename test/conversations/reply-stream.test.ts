import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { TurnBody } from '../../contracts/context.ts';
import { Clock } from '../../core/clock.ts';
import { ReplyStream } from '../../workers/workflows/reply-stream.ts';

const body = { turn_id: randomUUID(), session_id: randomUUID(), attempt: 1 } as TurnBody;
const open = (): ReplyStream => new ReplyStream(body, new Clock(), () => Promise.resolve(true));

describe('what has been shown of a reply', () => {
  it('counts for the call that said it, and not for the next one of the same turn', async () => {
    const reply = open();
    const shown: string[] = [];
    reply.onShown(() => shown.push('first'));
    reply.say('Dear Ann');
    // The second call begins before the first one's words are out.
    reply.onShown(() => shown.push('second'));
    await reply.flush();
    expect(shown).toEqual(['first']);
    reply.say('Dear Bob');
    await reply.flush();
    expect(shown).toEqual(['first', 'second']);
  });

  it('counts at once for a text that is on the screen already and is said again', async () => {
    const reply = open();
    reply.say('Dear Ann');
    await reply.flush();
    reply.again();
    const shown: string[] = [];
    reply.onShown(() => shown.push('again'));
    expect(shown).toEqual(['again']);
  });

  it('is nothing as long as only steps were told', async () => {
    const reply = open();
    const shown: string[] = [];
    reply.onShown(() => shown.push('too early'));
    reply.progress('draft', 'Writing the draft');
    await reply.flush();
    expect(shown).toEqual([]);
  });
});
