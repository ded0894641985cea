import type { AckData, ClientEvent, ParsedPayload } from '../../contracts/events.ts';
import { PulseError } from '../../contracts/errors.ts';
import { findClarification } from '../../db/clarifications.ts';
import { turnHistory } from '../../db/turns.ts';
import type { Accepted } from '../turn-intake.ts';
import type { GatewayServices } from '../gateway-services.ts';
import type { Connection, PulseSocket } from './connection.ts';

export interface EventScene {
  services: GatewayServices;
  connection: Connection;
  socket: PulseSocket;
}
type EventHandlers = {
  [E in ClientEvent]: (payload: ParsedPayload<E>, scene: EventScene) => Promise<AckData<E>>;
};

const HISTORY_DEFAULT = 50;

/** One handler for each client event of the contract. */
export const CLIENT_EVENT_HANDLERS: EventHandlers = {
  'turn.submit': (turn, { services, connection }) =>
    services.intake.submit({
      userId: connection.identity.userId,
      sessionId: connection.sessionId,
      turnId: turn.turn_id,
      text: turn.text,
      request: { kind: 'text' },
      timezone: turn.timezone ?? connection.timezone,
      referenceTime: turn.reference_time,
      whenBusy: turn.when_busy,
      channel: 'socket',
    }),

  'turn.cancel': (payload, { services, connection }) =>
    'turn_id' in payload
      ? services.turns.cancel(connection.identity.userId, payload.turn_id)
      : services.turns.cancelSession(connection.identity.userId, connection.sessionId),

  'clarification.answer': async (answer, { services, connection }): Promise<Accepted> => {
    const question = await findClarification(
      services.db,
      connection.identity.userId,
      answer.clarification_id,
      services.clock.now(),
    );
    if (!question || question.sessionId !== connection.sessionId)
      throw new PulseError('not_found', 'There is no such question.');
    if (question.expired)
      throw new PulseError(
        'clarification_expired',
        'That question has expired. Please ask again from the start.',
      );
    return services.intake.submit({
      userId: connection.identity.userId,
      sessionId: connection.sessionId,
      turnId: answer.turn_id,
      text: answer.text ?? labelOf(question.choices, answer.choice_id),
      request: {
        kind: 'answer',
        clarification_id: answer.clarification_id,
        ...(answer.choice_id === undefined ? {} : { choice_id: answer.choice_id }),
      },
      timezone: answer.timezone ?? connection.timezone,
      referenceTime: answer.reference_time,
      channel: 'socket',
    });
  },

  'receipt.undo': (undo, { services, connection }) =>
    services.intake.submit({
      userId: connection.identity.userId,
      sessionId: connection.sessionId,
      turnId: undo.turn_id,
      text: 'Undo',
      request: { kind: 'undo', receipt_id: undo.receipt_id },
      timezone: connection.timezone,
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

  'auth.refresh': async ({ token }, { services, socket }) => {
    const identity = await services.tokens.verify(token);
    if (identity.userId !== socket.data.identity.userId)
      throw new PulseError('forbidden', 'This token belongs to somebody else.');
    socket.data.identity = identity;
    return { expires_at: identity.expiresAt.toISOString() };
  },
};

/** What a tapped button says, for the record of the conversation. */
function labelOf(
  choices: readonly { choice_id: string; label: string }[],
  choiceId: string | undefined,
): string {
  const choice = choices.find((candidate) => candidate.choice_id === choiceId);
  if (!choice) throw new PulseError('validation_error', 'There is no such choice for this question.');
  return choice.label;
}
