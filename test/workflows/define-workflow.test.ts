import { describe, expect, it } from 'vitest';
import { defineWorkflow } from '../../workers/workflows/define-workflow.ts';
import { done, type Handler } from '../../workers/workflows/outcome.ts';

const nothing: Handler = () => Promise.resolve(done({ reply: '' }));

describe('the handlers of a workflow', () => {
  it('are those of the actions that the contract gives to it', () => {
    expect(defineWorkflow('search', { search: nothing }).actions).toEqual(['search']);
  });

  it.each([
    ['another workflow', 'create_task', { search: nothing, create_task: nothing }],
    ['none, but a move of the conversation', 'undo', { undo: nothing }],
  ] as const)('are refused where the action is of %s', (_, action, handlers) => {
    expect(() => defineWorkflow('search', handlers)).toThrow(
      `The search workflow is given what the contract does not give to it: ${action}`,
    );
  });
});
