import webPush from 'web-push';

/** The pair that signs what is pushed; browsers are given the public one when they subscribe. */
export interface PushKeys {
  publicKey: string;
  privateKey: string;
}

/** Those of the settings, else the pair that was made once and is kept; `kept` is given what makes one. */
export async function pushKeys(
  given: { publicKey: string | undefined; privateKey: string | undefined },
  kept: (make: () => PushKeys) => Promise<PushKeys>,
): Promise<PushKeys> {
  const { publicKey, privateKey } = given;
  if (publicKey !== undefined && privateKey !== undefined) return { publicKey, privateKey };
  return kept(() => webPush.generateVAPIDKeys());
}
