import { expect, test } from 'vitest';
import { CircuitBreaker, type CircuitPass } from '../../../integrations/llm/circuit-breaker.ts';
import { HandClock } from './bench.ts';

const clock = new HandClock();
const closed = (): CircuitBreaker => new CircuitBreaker({ clock, failures: 2, coolDownMs: 100 });

function pass(breaker: CircuitBreaker): CircuitPass {
  const given = breaker.tryPass();
  if (given === null) throw new Error('The breaker turned the call away');
  return given;
}

function opened(): CircuitBreaker {
  const breaker = closed();
  pass(breaker).fail();
  pass(breaker).fail();
  return breaker;
}

test('only failures in a row open it', () => {
  const breaker = closed();
  pass(breaker).fail();
  pass(breaker).succeed();
  pass(breaker).fail();
  pass(breaker).leave();
  expect(breaker.state).toBe('closed');
  pass(breaker).fail();
  expect(breaker.state).toBe('open');
});

test('it is open until the cool-down is over', () => {
  const breaker = opened();
  clock.pass(99);
  expect(breaker.tryPass()).toBeNull();
  clock.pass(1);
  expect(breaker.state).toBe('half_open');
  expect(breaker.tryPass()).not.toBeNull();
  expect(breaker.tryPass()).toBeNull();
});

test('a failed probe opens it for another cool-down', () => {
  const breaker = opened();
  clock.pass(100);
  pass(breaker).fail();
  expect(breaker.state).toBe('open');
  clock.pass(99);
  expect(breaker.tryPass()).toBeNull();
  clock.pass(1);
  pass(breaker).succeed();
  expect(breaker.state).toBe('closed');
  pass(breaker).fail();
  expect(breaker.state).toBe('closed');
});

test('it tells when it opens and when it closes, and nothing in between', () => {
  const told: string[] = [];
  const breaker = new CircuitBreaker({
    clock,
    failures: 2,
    coolDownMs: 100,
    onChange: (state) => void told.push(state),
  });
  pass(breaker).fail();
  pass(breaker).succeed();
  pass(breaker).fail();
  expect(told).toEqual([]);
  pass(breaker).fail();
  clock.pass(100);
  pass(breaker).fail();
  expect(told).toEqual(['open']);
  clock.pass(100);
  pass(breaker).succeed();
  pass(breaker).succeed();
  expect(told).toEqual(['open', 'closed']);
});

test('a probe that says nothing makes room for the next', () => {
  const breaker = opened();
  clock.pass(100);
  pass(breaker).leave();
  expect(breaker.state).toBe('half_open');
  pass(breaker).succeed();
  expect(breaker.state).toBe('closed');
});

test('a call that began before it opened has no say', () => {
  const breaker = closed();
  const [early, late] = [pass(breaker), pass(breaker)];
  pass(breaker).fail();
  pass(breaker).fail();
  early.succeed();
  expect(breaker.state).toBe('open');
  clock.pass(100);
  const probe = pass(breaker);
  late.fail();
  expect(breaker.state).toBe('half_open');
  expect(breaker.tryPass()).toBeNull();
  probe.succeed();
  expect(breaker.state).toBe('closed');
});

test('a call speaks once', () => {
  const breaker = closed();
  const call = pass(breaker);
  call.fail();
  call.fail();
  expect(breaker.state).toBe('closed');
});
