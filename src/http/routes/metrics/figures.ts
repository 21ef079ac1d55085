import type { Figures } from '../../../app/topout.js';

type Reading = (figures: Figures) => [labels: Record<string, string>, value: number][];

interface Metric {
  name: string;
  help: string;
  labels?: string[];
  read: Reading;
}

/** Every figure that is read when it is asked for; a name that ends with `_total` is a counter, any other a gauge. */
export const figures: readonly Metric[] = [
  {
    name: 'topout_store_up',
    help: 'Whether the store takes writes; the state says why not.',
    labels: ['state'],
    read: ({ store }) => [[{ state: store.state }, store.state === 'up' && !store.notWriting ? 1 : 0]],
  },
  {
    name: 'topout_store_head',
    help: 'Position of the last event known.',
    read: ({ store }) => [[{}, store.head]],
  },
  {
    name: 'topout_store_restarts_total',
    help: 'How often following a cluster was restarted since the start: after a failure, or because it was faster.',
    labels: ['cause'],
    read: ({ restarts: { failed, slow } }) => [
      [{ cause: 'failed' }, failed],
      [{ cause: 'slow' }, slow],
    ],
  },
  {
    name: 'topout_spoilt_streams',
    help: 'Streams that were cut short or deleted on the cluster.',
    read: ({ store }) => [[{}, store.spoilt?.length ?? 0]],
  },
  {
    name: 'topout_view_position',
    help: 'Position of the last event that a view holds.',
    labels: ['view'],
    read: ({ views }) => views.map(({ name, position }) => [{ view: name }, position]),
  },
  {
    name: 'topout_view_lag_positions',
    help: 'Positions by which a view is behind; on a cluster these are bytes of its log.',
    labels: ['view'],
    read: ({ views }) => views.map(({ name, lag }) => [{ view: name }, lag]),
  },
  {
    name: 'topout_view_age_seconds',
    help: 'For how long the views may not have held everything; 0 while they do.',
    read: ({ ageSeconds }) => [[{}, ageSeconds ?? 0]],
  },
  {
    name: 'topout_parked_projects',
    help: 'Projects of which a view lacks the latest events, because it could not take one.',
    labels: ['view'],
    read: ({ views, parked = [] }) =>
      views.map(({ name }) => [{ view: name }, parked.filter(({ view }) => view === name).length]),
  },
  {
    name: 'topout_projects',
    help: 'Projects registered.',
    read: ({ projects }) => [[{}, projects]],
  },
  {
    name: 'topout_alerts_open',
    help: 'Open alerts by severity.',
    labels: ['severity'],
    read: ({ alerts }) => Object.entries(alerts.open).map(([severity, count]) => [{ severity }, count]),
  },
  {
    name: 'topout_alert_oldest_age_seconds',
    help: 'For how long the oldest open alert has been open; 0 without one.',
    read: ({ alerts }) => [[{}, alerts.oldestSeconds]],
  },
  {
    name: 'topout_outbox_events',
    help: 'Events of alerts that still have to be delivered, one for each subscription: waiting, or failing after an attempt.',
    labels: ['state'],
    read: ({ outbox: { waiting, failing } }) => [
      [{ state: 'waiting' }, waiting],
      [{ state: 'failing' }, failing],
    ],
  },
  {
    name: 'topout_outbox_oldest_age_seconds',
    help: 'How long ago the oldest event that still has to be delivered was recorded; 0 without one.',
    read: ({ outbox }) => [[{}, outbox.oldestSeconds]],
  },
  {
    name: 'topout_evaluation_queue_projects',
    help: 'Projects to evaluate: with new entries, only due, or failed and tried again; 0 on a replica that does not lead.',
    labels: ['kind'],
    read: ({ evaluations }) => Object.entries(evaluations).map(([kind, count]) => [{ kind }, count]),
  },
  {
    name: 'topout_deliveries_leader',
    help: 'Whether a replica evaluates and delivers, as far as this one knows; none is named while the leader is unknown.',
    labels: ['replica', 'here'],
    read: ({ deliveries }) =>
      deliveries?.leader === undefined
        ? []
        : [[{ replica: deliveries.leader, here: String(deliveries.isHere) }, 1]],
  },
  {
    name: 'topout_deliveries_leader_since_timestamp_seconds',
    help: 'When its leadership began, in seconds since 1970.',
    read: ({ deliveries }) => (deliveries?.since ? [[{}, Date.parse(deliveries.since) / 1000]] : []),
  },
  {
    name: 'topout_deliveries_takeover_seconds',
    help: 'Within how long another replica takes over when that one is gone without a word.',
    read: ({ deliveries }) => (deliveries ? [[{}, deliveries.takeoverSeconds]] : []),
  },
  {
    name: 'topout_deliveries_unfit',
    help: 'Whether this replica may not deliver, because its keys are not those of the installation.',
    read: ({ deliveries }) => (deliveries ? [[{}, deliveries.whyNot === undefined ? 0 : 1]] : []),
  },
  {
    name: 'topout_ledger_size',
    help: 'Entries that the last signed checkpoint covers.',
    read: ({ ledger }) => (ledger ? [[{}, ledger.size]] : []),
  },
  {
    name: 'topout_ledger_lag_seconds',
    help: 'For how long an entry has waited for a signed checkpoint; 0 while none does.',
    read: ({ ledger }) => (ledger ? [[{}, ledger.lagSeconds]] : []),
  },
];
