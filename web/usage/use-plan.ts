import { useEffect, useState } from 'react';
import type { Subscription } from '../../contracts/subscription.ts';
import type { Tier } from '../../contracts/usage.ts';
import { sayMoment, type RestClient } from '../client/index.ts';

/** What is paid, or not; null until it was read, and where that did not work. */
export function usePlan(rest: RestClient, version: number): Subscription | null {
  const [plan, setPlan] = useState<Subscription | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    rest.subscription(abort.signal).then(setPlan, () => undefined);
    return () => abort.abort();
  }, [rest, version]);
  return plan;
}

const STATUS_WORDS: Readonly<Record<Subscription['status'], string>> = {
  none: '',
  granted: 'granted',
  active: 'active',
  in_grace: 'payment due',
  billing_retry: 'payment failed',
  expired: 'ended',
  revoked: 'taken back',
  refunded: 'refunded',
};

/** `Free plan`, `Premium · active until Friday 4 December`, `Free plan · premium ended on Friday 4 December` */
export function sayPlan(plan: Subscription | null, tier: Tier, now: Date): string {
  const words = plan ? STATUS_WORDS[plan.status] : '';
  const isPremium = (plan?.tier ?? tier) === 'premium';
  const name = isPremium ? 'Premium' : 'Free plan';
  if (!plan || words === '') return name;
  const at =
    plan.expires_at === null ? '' : ` ${isPremium ? 'until' : 'on'} ${sayMoment(plan.expires_at, now)}`;
  return isPremium ? `${name} · ${words}${at}` : `${name} · premium ${words}${at}`;
}
