import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { builtEntry } from '../../core/checkout.ts';
import { emptyTurn, type Turn } from '../../web/client/turn-view.ts';
import { startProduct, type Product } from '../support/product.ts';

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
