import { z } from 'zod';

/** What a role process tells the launcher that started it. */
export const roleMessage = z.discriminatedUnion('type', [
  /** It serves; `url` if people reach it under an address. */
  z.object({ type: z.literal('ready'), url: z.string().optional() }),
  /** It cannot start; the message is for a person. */
  z.object({ type: z.literal('failed'), message: z.string() }),
]);
export type RoleMessage = z.infer<typeof roleMessage>;
