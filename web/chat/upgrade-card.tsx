import { Check } from 'lucide-react';
import type { Clarification } from '../../contracts/clarification.ts';
import type { UpgradeOffer } from '../../contracts/result.ts';
import { useNow } from '../app/now.ts';
import { formatTokens, sayReset } from '../client/index.ts';
import { QuotaMeter } from '../usage/quota-meter.tsx';
import { PageLink } from '../parts/page-link.tsx';
import { ChoiceButton } from './question-choices.tsx';

interface UpgradeCardProps {
  offer: UpgradeOffer;
  /** The turn's question: its choices are the ways that cost nothing. */
  question: Clarification | null;
  /** It can be answered still. */
  isOpen: boolean;
  /** The choice that answered it, where this client knows. */
  chosen: string | null;
}

/** What was refused for tokens, in the server's words, and beside it what can be had without. */
export function UpgradeCard({ offer, question, isOpen, chosen }: UpgradeCardProps) {
  const now = useNow();
  const { message, tokens_needed: needed, tokens_remaining: left, limit, resets_at: resetsAt } = offer;
  return (
    <section className="card upgrade" aria-label={needed > 0 ? 'Tokens needed' : 'Premium'}>
      <p className="upgrade-message">{message}</p>
      {limit !== null && <QuotaMeter used={Math.max(0, limit - left)} limit={limit} />}
      <dl className="upgrade-numbers">
        {needed > 0 && (
          <div>
            <dt>Needs</dt>
            <dd>{formatTokens(needed)}</dd>
          </div>
        )}
        <div>
          <dt>Left</dt>
          <dd>{formatTokens(left)}</dd>
        </div>
        {limit !== null && (
          <div>
            <dt>A month</dt>
            <dd>{formatTokens(limit)}</dd>
          </div>
        )}
      </dl>
      <p className="quota-foot">
        <span>Your quota {sayReset(resetsAt, now)}.</span>
        <PageLink page="usage" className="link">
          See usage
        </PageLink>
      </p>
      {offer.alternatives.length > 0 && (
        <div className="upgrade-free">
          <p>{question?.question ?? 'Without tokens'}</p>
          {question && isOpen ? (
            <OpenChoices question={question} offer={offer} />
          ) : (
            <ul className="choices">
              {offer.alternatives.map(({ choice_id: id, label }) => (
                <li key={id} className={`choice done ${id === chosen ? 'chosen' : ''}`}>
                  {id === chosen && <Check size={15} aria-hidden />}
                  {label}
                  {id === chosen && <span className="visually-hidden"> (chosen)</span>}
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </section>
  );
}

/** The free ways first, under the numbers that the question gives them; then what else the question takes. */
function OpenChoices({ question, offer }: { question: Clarification; offer: UpgradeOffer }) {
  const free = new Set(offer.alternatives.map(({ choice_id: id }) => id));
  const order = question.choices.map((choice, index) => ({ choice, index }));
  const others = order.filter(({ choice }) => !free.has(choice.choice_id));
  return (
    <div className="choices" role="group" aria-label={question.question}>
      {[...order.filter(({ choice }) => free.has(choice.choice_id)), ...others].map(({ choice, index }) => (
        <ChoiceButton key={choice.choice_id} question={question} choice={choice} index={index} />
      ))}
    </div>
  );
}
