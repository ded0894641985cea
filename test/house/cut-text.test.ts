import { describe, expect, it } from 'vitest';
import { cutText } from '../../core/cut-text.ts';

describe('a text that is cut', () => {
  it('has whole characters only', () => {
    expect(cutText('ab😀', 2)).toBe('ab');
    expect(cutText('ab😀', 3)).toBe('ab');
    expect(cutText('ab😀', 4)).toBe('ab😀');
    expect(cutText('ab', 4)).toBe('ab');
  });
});
