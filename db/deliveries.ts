import { z } from 'zod';
import { delivery, type Delivery } from '../contracts/entities.ts';

const deliveryRow = delivery.extend({ not_before: z.coerce.date(), created_at: z.coerce.date() });

/** A row of the table (also as JSON, from a receipt) as clients see it. */
export function toDelivery(row: unknown): Delivery {
  const { not_before, created_at, ...rest } = deliveryRow.parse(row);
  return { ...rest, not_before: not_before.toISOString(), created_at: created_at.toISOString() };
}
