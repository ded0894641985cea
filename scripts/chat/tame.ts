/** Whatever a terminal would obey instead of showing it, and what turns the direction of a line around. */
// eslint-disable-next-line no-control-regex -- naming control characters is the point
const OBEYED = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g;

/** Data as it can be printed: its texts come from people and from outside, and a terminal obeys what stands in them. */
export function tame<T>(data: T): T {
  if (typeof data === 'string') return data.replace(OBEYED, '') as T;
  if (Array.isArray(data)) return data.map(tame) as T;
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, tame<unknown>(value)])) as T;
}
