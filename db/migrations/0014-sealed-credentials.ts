import type { Knex } from 'knex';

/**
 * Credentials are sealed by the product, which has the keys; what stood here before is sealed when it next runs. The
 * address of a browser is found by its hash from now on: it is long and not to be guessed, as RFC 8030 wants it.
 */
export const sealedCredentials = {
  name: '0014-sealed-credentials',
  async up(knex: Knex): Promise<void> {
    await knex.raw(`
      alter table push_subscriptions add column endpoint_hash text;
      update push_subscriptions set endpoint_hash = encode(sha256(convert_to(endpoint, 'UTF8')), 'hex');
      alter table push_subscriptions
        alter column endpoint_hash set not null,
        drop constraint push_subscriptions_endpoint_key,
        add constraint push_subscriptions_endpoint_hash_key unique (endpoint_hash);
      comment on column push_subscriptions.endpoint_hash is 'SHA-256 of the endpoint, which itself is sealed';
    `);
  },
  async down(): Promise<void> {
    throw new Error('What was sealed is not laid open: restore the database instead.');
  },
};
