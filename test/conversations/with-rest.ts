import { event as eventShape, type Event } from '../../contracts/entities.ts';
import { responseOf } from '../../contracts/requests.ts';
import { PulseClient, RestClient } from '../../web/client/index.ts';
import { closeAfterFile } from '../support/after-file.ts';
import { Talk, ZONE } from './talk.ts';

const eventResponse = responseOf(eventShape);

/** Somebody who talks, and whose things can be put in place without words. */
export interface Person {
  me: Talk;
  userId: string;
  token: string;
  call(method: string, path: string, body?: unknown): Promise<unknown>;
  /** Times without a zone of their own are those of Vienna. */
  event(title: string, start: string, end: string, more?: object): Promise<Event>;
}

/** A new person in a new conversation. @param zone of the device; null says none */
export async function person(url: string, zone: string | null = ZONE): Promise<Person> {
  const { token, user_id: userId } = await new RestClient(url, null).demoLogin({});
  const client = new PulseClient({
    url,
    getToken: () => Promise.resolve(token),
    ...(zone !== null && { timezone: zone }),
  });
  closeAfterFile(() => client.close());
  const session = client.openSession();
  await session.until(({ sync }) => sync === 'live', AbortSignal.timeout(15_000));
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  return {
    me: new Talk(client, session, { url, token }),
    userId,
    token,
    call,
    event: async (title, start, end, more = {}) => {
      const body = { title, start: `${start}:00+01:00`, end: `${end}:00+01:00`, timezone: ZONE, ...more };
      const { item } = eventResponse.parse(await call('POST', '/events', body));
      if (!item) throw new Error('No event was made');
      return item;
    },
  };
}
