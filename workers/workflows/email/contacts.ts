import type { Contact, Fact } from '../../../contracts/entities.ts';
import type { ActParams } from '../../../contracts/nlu.ts';
import type { EffectWrite } from '../../../contracts/records.ts';
import type { Card } from '../../../contracts/result.ts';
import { cutText } from '../../../core/cut-text.ts';
import { whoIs, whyKnown } from '../known-facts.ts';
import { ask, done, type Step, type Work } from '../outcome.ts';
import { notFound } from '../references.ts';
import { count } from '../sentences.ts';
import { bareName, contactEffect, isAddress, possessive, readReceiver, sayReceiver } from './receivers.ts';

type Talk = NonNullable<ActParams['contact']>;
type Change = Extract<Card, { kind: 'contact' }>['data']['change'];

const SHOWN_MAX = 20;
const MATCHES_MAX = 6;

/** "Ann's email is …", "add Bob to my contacts", "delete Ann from my contacts" */
export async function changeContacts(work: Work, talk: Talk): Promise<Step> {
  const said = talk.name ?? work.slots.recipient?.find((one) => !one.includes('@'));
  const told = said === undefined ? null : await whoIs(said, work);
  const name = told?.value ?? bareName(said ?? (await whoseOf(work, talk.address)) ?? '');
  if (name === '') return ask({ slot: 'recipient', question: 'Whose address is it?' });
  const people = await work.ports.contacts.match(name, MATCHES_MAX);
  const exact = people.filter((one) => one.name.toLowerCase() === name.toLowerCase());
  return because(
    told,
    talk.move === 'forget'
      ? forget(work, name, exact.length > 0 ? exact : people)
      : save(work, name, exact, talk.address),
    work,
  );
}

/** Why somebody is meant who was not named. */
const because = (told: Fact | null, step: Step, work: Work): Step =>
  told && 'done' in step
    ? { done: { ...step.done, reply: `${step.done.reply} ${whyKnown([told], work)}` } }
    : step;

/** Of several who were spoken of: the one whose name the address has, else the first who has none yet. */
async function whoseOf({ context, ports }: Work, address: string | undefined): Promise<string | null> {
  const names = context.last_people?.names ?? [];
  const local = address?.split('@')[0]?.toLowerCase();
  if (local === undefined || names.some((name) => name.includes('@'))) return null;
  const called = names.find((name) => local.includes(name.split(/\s+/)[0]?.toLowerCase() ?? name));
  if (called !== undefined || names.length < 2) return called ?? null;
  for (const name of names) {
    const known = await ports.contacts.match(name, MATCHES_MAX);
    const isKnown = known.some(
      (one) => one.address !== null && one.name.toLowerCase() === name.toLowerCase(),
    );
    if (!isKnown) return name;
  }
  return null;
}

/**
 * What the last item is stays as it was: who tells an address on the way to sending an email goes on with the email.
 */
function save(work: Work, name: string, exact: readonly Contact[], told: string | undefined): Step {
  const answer = work.slots.recipient?.map(readReceiver).find(({ address }) => address !== null);
  const to = answer?.address ?? told ?? null;
  if (to === null && exact.length > 0 && !work.skipped.includes('recipient'))
    return done({ reply: `${sayAll(exact)} ${exact.length === 1 ? 'is' : 'are'} in your contacts already.` });
  if (to === null && !work.skipped.includes('recipient'))
    return ask({ slot: 'recipient', question: `What is ${possessive(name)} email address?` });
  if (to !== null && !isAddress(to))
    return ask({
      slot: 'recipient',
      question: `"${cutText(to, 120)}" is no email address. What is the right one?`,
    });
  if (to !== null && exact.some(({ address }) => address?.toLowerCase() === to.toLowerCase()))
    return done({ reply: `I know that already: ${sayReceiver({ name, address: to })}.` });
  // Several of one name are several people: the new one is one more of them.
  const known = exact.length === 1 ? exact[0] : undefined;
  const had = known?.address ?? null;
  const effect = contactEffect(known, { name, address: to }, howOf(work));
  const saved = to === null ? name : sayReceiver({ name, address: to });
  return done({
    reply:
      known && had !== null
        ? `Changed ${possessive(name)} address to ${to} (it was ${had}).`
        : known
          ? `Saved ${possessive(name)} address: ${to}.`
          : `Added ${saved} to your contacts.`,
    summary: known ? `Changed the address of ${name}` : `Added ${name} to the contacts`,
    effects: [effect],
    cards: [contactCard(work, effect, known, { name, address: to }, known ? 'updated' : 'created')],
    executionResult: { contact_id: effect.id },
  });
}

function forget(work: Work, name: string, people: readonly Contact[]): Step {
  const [only, ...more] = people.filter(
    ({ id }) => work.choice === null || !people.some((one) => one.id === work.choice) || id === work.choice,
  );
  if (!only) return notFound(`${name} is not in your contacts.`).step;
  if (more.length > 0)
    return ask({
      slot: 'recipient',
      kind: 'choice',
      question: `Which ${name} do you want to delete?`,
      choices: people.map((one) => ({ choice_id: one.id, label: sayReceiver(one) })),
      choiceSlots: Object.fromEntries(people.map((one) => [one.id, { recipient: [sayReceiver(one)] }])),
    });
  const at = work.now.toISOString();
  const effect: EffectWrite = {
    kind: 'contact',
    op: 'delete',
    id: only.id,
    version: only.version,
    fields: { deleted_at: at, updated_at: at },
    reason: howOf(work).reason,
  };
  return done({
    reply: `Deleted ${sayReceiver(only)} from your contacts.`,
    summary: `Deleted the contact ${only.name}`,
    effects: [effect],
    cards: [
      { kind: 'contact', data: { contact: { ...only, version: only.version + 1 }, change: 'deleted' } },
    ],
    executionResult: { contact_id: only.id },
  });
}

/** "What is Ann's address?", "show my contacts" */
export async function lookUpContacts(work: Work, talk: Talk): Promise<Step> {
  const { ports, reference } = work;
  if (talk.move === 'list') {
    const { contacts, total } = await ports.contacts.list(SHOWN_MAX);
    if (total === 0)
      return done({ reply: 'You have no contacts yet. Say "Ann\'s email is ann@example.com".' });
    const more = total > contacts.length ? [`… and ${total - contacts.length} more.`] : [];
    return done({
      reply: [
        `You have ${count(total, 'contact')}:`,
        ...contacts.map((one) => `• ${sayContact(one)}`),
        ...more,
      ].join('\n'),
      cards: contacts.map(shownCard),
      executionResult: { total },
    });
  }
  const told = talk.name === undefined ? null : await whoIs(talk.name, { ports, reference });
  const name = told?.value ?? bareName(talk.name ?? '');
  const people = await ports.contacts.match(name, MATCHES_MAX);
  const exact = people.filter((one) => one.name.toLowerCase() === name.toLowerCase());
  const found = exact.length > 0 ? exact : people;
  const [only] = found;
  if (!only || found.every(({ address }) => address === null))
    return notFound(`I have no email address of ${name}. Say "${possessive(name)} email is …" to add it.`)
      .step;
  return because(
    told,
    done({
      reply:
        found.length === 1 && only.address !== null
          ? `${possessive(only.name)} email address is ${only.address}.`
          : found.map((one) => `• ${sayContact(one)}`).join('\n'),
      cards: found.map(shownCard),
      executionResult: { total: found.length },
    }),
    work,
  );
}

const sayContact = (one: Contact): string =>
  one.address === null ? `${one.name} (no address)` : sayReceiver(one);
const sayAll = (people: readonly Contact[]): string => people.map(sayContact).join(', ');
const shownCard = (contact: Contact): Card => ({ kind: 'contact', data: { contact, change: 'shown' } });

const howOf = ({ now, newId, words }: Work) => ({
  now,
  newId,
  reason: `you asked: "${cutText(words, 300)}"`,
});

function contactCard(
  { now }: Work,
  { id }: EffectWrite,
  known: Contact | undefined,
  is: Pick<Contact, 'name' | 'address'>,
  change: Change,
): Card {
  const contact = known
    ? { ...known, address: is.address, version: known.version + 1 }
    : { id, ...is, version: 1, created_at: now.toISOString() };
  return { kind: 'contact', data: { contact, change } };
}
