import { WAYS_OUT } from '../../contracts/clarification.ts';
import type { AckData, ClientEvent, ParsedPayload } from '../../contracts/events.ts';
import { PulseError } from '../../contracts/errors.ts';
import { findClarification } from '../../db/clarifications.ts';
import { turnHistory } from '../../db/turns.ts';
import type { Accepted } from '../turn-intake.ts';
import type { GatewayServices } from '../gateway-services.ts';
import type { Connection } from './connection.ts';

/** Where an event arrives. */
export interface EventScene {
  services: GatewayServices;
  connection: Connection;
}
type EventHandlers = {
  [E in ClientEvent]: (payload: ParsedPayload<E>, scene: EventScene) => Promise<AckData<E>>;
};

const HISTORY_DEFAULT = 50;
/** One handler for each client event of the contract. */
export const CLIENT_EVENT_HANDLERS: EventHandlers = {
  'turn.submit': async (turn, { services, connection }) =>
    services.intake.submit({
      userId: connection.identity.userId,
      sessionId: connection.sessionId,
      turnId: turn.turn_id,
      text: turn.text,
      request: { kind: 'text' },
      timezone: turn.timezone ?? (await connection.timezone()),
      referenceTime: turn.reference_time,
      whenBusy: turn.when_busy,
      channel: 'socket',
    }),

  'turn.cancel': (payload, { services, connection }) =>
    'turn_id' in payload
      ? services.interruptions.cancel(connection.identity.userId, payload.turn_id)
      : services.interruptions.cancelSession(connection.identity.userId, connection.sessionId),

  'clarification.answer': async (answer, { services, connection }): Promise<Accepted> => {
    const { userId } = connection.identity;
    const question = await findClarification(
      services.db,
      userId,
      answer.clarification_id,
      services.clock.now(),
    );
    const here = question?.sessionId === connection.sessionId;
    if (!question || !here || question.expired) {
      // A retry of an answer that was taken before, perhaps on another session, finds its turn all the same.
      const known = question && (await services.records.findTurn(userId, answer.turn_id));
      if (!known) throw noQuestion(here);
    }
    return services.intake.submit({
      userId,
      sessionId: question.sessionId,
      turnId: answer.turn_id,
      text: textOf(answer, question.choices),
      request: {
        kind: 'answer',
        clarification_id: answer.clarification_id,
        ...(answer.choice_id === undefined ? {} : { choice_id: answer.choice_id }),
      },
      timezone: answer.timezone ?? (await connection.timezone()),
      referenceTime: answer.reference_time,
      channel: 'socket',
    });
  },

  'receipt.undo': async (undo, { services, connection }) =>
    services.intake.submit({
      userId: connection.identity.userId,
      sessionId: connection.sessionId,
      turnId: undo.turn_id,
      text: 'Undo',
      request: { kind: 'undo', receipt_id: undo.receipt_id },
      timezone: await connection.timezone(),
      channel: 'socket',
    }),

  'session.history': async ({ before, limit }, { services, connection }) => {
    const size = limit ?? HISTORY_DEFAULT;
    const turns = await turnHistory(services.db, {
      userId: connection.identity.userId,
      sessionId: connection.sessionId,
      before,
      limit: size,
    });
    const oldest = turns.at(-1);
    return {
      turns: turns.reverse(),
      next: oldest && turns.length === size && oldest.turn_seq > 1 ? oldest.turn_seq : null,
    };
  },

  'auth.refresh': async ({ token }, { services, connection }) => {
    const identity = await services.tokens.verify(token);
    if (identity.userId !== connection.identity.userId)
      throw new PulseError('forbidden', 'This token belongs to somebody else.');
    connection.renew(identity);
    return { expires_at: identity.expiresAt.toISOString() };
  },
};

function noQuestion(expired: boolean): PulseError {
  return expired
    ? new PulseError('clarification_expired', 'That question has expired. Please ask again from the start.')
    : new PulseError('not_found', 'There is no such question.');
}

/** The words of an answer: what was typed, or what the tapped button says; the ways out fit every question. */
function textOf(
  answer: ParsedPayload<'clarification.answer'>,
  choices: readonly { choice_id: string; label: string }[],
): string {
  const { text, choice_id: id } = answer;
  const label = [...choices, ...WAYS_OUT].find((choice) => choice.choice_id === id)?.label;
  if (id !== undefined && label === undefined)
    throw new PulseError('validation_error', 'There is no such choice for this question.');
  return text ?? label ?? '';
}
