import type { View } from '../view.js';

/**
 * What is to be told to whom: a row for each event of an alert and each subscription that it fits, until it is told.
 *
 * Subscriptions and answers of receivers are events too, so the view follows from the log alone: a rebuild tells nothing twice.
 */
export const outboxView: View = {
  name: 'outbox',
  version: 1,
  schema: 'CREATE TABLE outbox (subscription TEXT NOT NULL) STRICT;',
  prepare() {
    return () => undefined;
  },
};
