import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { builtEntry } from '../../core/checkout.ts';
import type { Notice } from '../../contracts/frames.ts';
import { connect } from '../../db/connect.ts';
import { RestClient } from '../../web/client/index.ts';
import { emptyTurn, type Turn } from '../../web/client/turn-view.ts';
import { startProduct, type Product } from '../support/product.ts';
import { resultOf } from '../web/session-log.ts';

describe('the terminal client', () => {
  let product: Product;
  beforeAll(async () => {
    product = await startProduct();
  });

  /** What a conversation looks like whose lines are these. */
  async function chat(lines: readonly string[], args: readonly string[] = []): Promise<string> {
    const child = spawn(process.execPath, [builtEntry('scripts/chat'), '--url', product.url, ...args], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    child.stdin.end(lines.join('\n'));
    return text(child.stdout);
  }

  it('drops the open question with /cancel and says which', async () => {
    const said = await chat(['create a task to study', '/cancel', '/cancel'], ['--name', 'drops']);
    const [, afterCancel = '', afterSecond = ''] = said.split('› /cancel\n');
    expect(afterCancel).toMatch(/dropped/);
    expect(afterCancel).toContain('What do you want to study?');
    expect(afterSecond).toContain('Nothing is running, and no question is open.');
  });

  it('prints no command that a terminal would obey, wherever it comes from', async () => {
    const { user_id } = await new RestClient(product.url, null).demoLogin({ name: 'obeys' });
    await chat(['add a task to wipe the board'], ['--name', 'obeys']);
    const db = connect(product.database.url, { poolMax: 1, name: 'test' });
    // As an old row may have it, or a letter of a model.
    await db('tasks').where({ user_id }).update({ title: '\u001b[2J\u009b31mwipe\u202e\u0007 the\r board' });
    await db.destroy();
    const said = await chat(['show my tasks', 'delete wipe'], ['--name', 'obeys']);
    expect(said).toMatch(/wipe the board/);
    // eslint-disable-next-line no-control-regex -- these are what it must not have
    expect(said).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202E]/);
  });

  it('offers /undo only where it can be typed', async () => {
    const name = ['--name', 'undoes'];
    expect(await chat(['create a task to water the plants'], name)).toContain('/undo takes this back');
    const once = await chat([], [...name, '--once', 'create a task to call the bank']);
    expect(once).toContain('call the bank');
    expect(once).not.toContain('/undo');
  });
});

describe('what it writes', () => {
  let written: string;
  const { columns } = process.stdout;

  beforeEach(() => {
    written = '';
    vi.resetModules();
    vi.useFakeTimers();
    // The runner's own output does not pass here while a test is in one breath.
    vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
      written += String(chunk);
      return true;
    });
  });
  afterEach(() => {
    vi.useRealTimers();
    process.stdout.columns = columns;
  });

  it('fits a terminal that does not know its width', async () => {
    process.stdout.columns = 0;
    const { Flow } = await import('../../scripts/chat/paper.ts');
    const flow = new Flow();
    flow.write('Added "buy milk", due Monday 23 November.');
    flow.end();
    expect(written).toBe('  Added "buy milk", due Monday 23 November.\n');
  });

  describe('of a reply', () => {
    const turn: Turn = {
      ...emptyTurn('018f0000-0000-7000-8000-000000000000', 'draft an email to Ann', '2026-11-22T12:00:00Z'),
      phase: 'running',
      acts: [
        {
          intent: 'email',
          action: 'draft_email',
          confidence: 0.9,
          source: 'rule',
          span: { start: 0, end: 21 },
          entities: [],
          gate: { verdict: 'pass', missing: [], alternatives: [] },
        },
      ],
    };
    const LETTER = 'Subject: For Ann\n\nDear Ann,\n\nall is well.';
    const wordsOf = (text: string): string[] => text.split('\n').flatMap((row) => row.trim() || []);

    /** What is written of a reply that came in pieces and then stood in the result. */
    async function tell(
      streamed: readonly string[],
      reply: string,
      end: Partial<Turn> = {},
    ): Promise<string[]> {
      const { TurnPrinter } = await import('../../scripts/chat/turn-printer.ts');
      const printer = new TurnPrinter({ canUndo: true });
      let partial = '';
      for (const piece of streamed) printer.show({ ...turn, partial: (partial += piece) });
      const result = resultOf(turn.id, { reply });
      const ended: Turn = { ...turn, phase: 'done', result, ...end };
      printer.show(ended);
      // Frames of other turns bring the same turn once more.
      printer.show(ended);
      return wordsOf(written).filter((row) => !row.startsWith('ack ') && row !== 'Draft email');
    }

    it.each([
      [
        'goes on',
        ['Subject: For Ann\n\nDear', ' Ann,\n\nall is well.'],
        `${LETTER}\n\nKept.`,
        [...wordsOf(LETTER), 'Kept.'],
      ],
      [
        'is another text that was told already',
        [`Subject: Fo\n\nBroken off. From a template:\n\n${LETTER}`],
        `Broken off. From a template:\n\n${LETTER}\n\nKept.`,
        ['Subject: Fo', 'Broken off. From a template:', ...wordsOf(LETTER), 'Kept.'],
      ],
      [
        'begins as what was told',
        [`A notice.\n\n${LETTER.slice(0, -5)}`],
        `A notice.\n\nSubject: For Ann\n\nDear Ann,\n\nall has changed.`,
        ['A notice.', 'Subject: For Ann', 'Dear Ann,', 'all is', 'all has changed.'],
      ],
      [
        'was cut shorter',
        [LETTER],
        `${LETTER.slice(0, -5)}\n\nYou stopped it.`,
        [...wordsOf(LETTER), 'You stopped it.'],
      ],
      ['has nothing of it', ['On it.'], 'That did not work.', ['On it.', 'That did not work.']],
    ])('that %s is told once', async (_name, streamed, reply, told) => {
      expect(await tell(streamed, reply)).toEqual(told);
    });

    it('says once that it was cancelled', async () => {
      const reply = 'Cancelled. Nothing was changed.';
      expect(await tell([], reply, { phase: 'cancelled' })).toEqual([reply]);
    });
  });

  it('has news after the turn that is being told, and of the quota the latest', async () => {
    const { HeldNotices } = await import('../../scripts/chat/held-notices.ts');
    const printed: string[] = [];
    const notices = new HeldNotices((text) => printed.push(text));
    const noticeOf = (kind: Notice['kind'], text: string): Notice => ({
      notice_id: text,
      kind,
      text,
      data: {},
      created_at: '2026-11-22T12:00:00Z',
    });
    await notices.during(async () => {
      await notices.during(async () => notices.add(noticeOf('quota', '50 %')));
      notices.add(noticeOf('reminder_due', 'Call Ann.'));
      notices.add(noticeOf('quota', '80 %'));
      expect(printed).toEqual([]);
    });
    expect(printed).toEqual(['Call Ann.', '80 %']);
    notices.add(noticeOf('quota', '100 %'));
    expect(printed).toHaveLength(3);
  });

  describe('of a step', () => {
    const running: Turn = {
      ...emptyTurn('018f0000-0000-7000-8000-000000000000', 'list my tasks', '2026-11-22T12:00:00Z'),
      phase: 'running',
      progress: { stage: 'workflow', label: 'Looking at your tasks' },
    };

    it('is nothing when the answer comes at once', async () => {
      const { TurnPrinter } = await import('../../scripts/chat/turn-printer.ts');
      const printer = new TurnPrinter({ canUndo: true });
      printer.show(running);
      printer.show({ ...running, partial: 'Nothing to do.' });
      vi.advanceTimersByTime(10_000);
      expect(written).not.toContain('Looking at your tasks');
    });

    it('is its name when somebody has to wait, once', async () => {
      const { TurnPrinter } = await import('../../scripts/chat/turn-printer.ts');
      const printer = new TurnPrinter({ canUndo: true });
      printer.show(running);
      vi.advanceTimersByTime(1_000);
      printer.show({ ...running, attempt: 1 });
      vi.advanceTimersByTime(10_000);
      expect(written.match(/Looking at your tasks …/g)).toHaveLength(1);
    });
  });
});
