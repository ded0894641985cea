/** Where browsers have their push services: Chrome and its like, Firefox, Safari, Edge. */
const SERVICES = [
  'fcm.googleapis.com',
  'android.googleapis.com',
  'push.services.mozilla.com',
  'push.apple.com',
  'notify.windows.com',
];

/**
 * Whether something may be sent there. The address comes from whoever subscribes, so that any other would let people
 * make this server call whatever they like.
 *
 * @param others further hosts that were allowed by name, with or without a port; these may be without TLS
 */
export function isPushEndpoint(endpoint: string, others: readonly string[]): boolean {
  if (!URL.canParse(endpoint)) return false;
  const { protocol, hostname, host, username, password, port } = new URL(endpoint);
  if (username !== '' || password !== '') return false;
  if (others.includes(hostname) || others.includes(host))
    return protocol === 'https:' || protocol === 'http:';
  const known = SERVICES.some((service) => hostname === service || hostname.endsWith(`.${service}`));
  return known && protocol === 'https:' && port === '';
}
