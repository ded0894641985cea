// Shows notices while the page is closed, and opens the page when one is tapped.

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('push', (event) => {
  event.waitUntil(show(messageIn(event)));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.url ?? '/'));
});

function messageIn(event) {
  try {
    const { text, url, tag } = event.data.json();
    return { text: String(text), url: String(url ?? '/'), tag: String(tag ?? 'pulseplan') };
  } catch {
    return { text: 'You have a reminder.', url: '/', tag: 'pulseplan' };
  }
}

async function show({ text, url, tag }) {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  // Whoever looks at the page sees it there.
  if (pages.some((page) => page.focused)) return;
  await self.registration.showNotification('PulsePlan', {
    body: text,
    tag,
    icon: '/favicon.svg',
    data: { url },
  });
}

async function open(url) {
  // Only our own page is opened, whatever the message says.
  const target = new URL(url, self.location.origin);
  const address = target.origin === self.location.origin ? target.href : self.location.origin;
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const page = pages.find((one) => 'focus' in one);
  if (page) return page.focus();
  return self.clients.openWindow(address);
}
