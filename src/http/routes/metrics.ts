import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { Gauge, Registry } from 'prom-client';
import type { Figures, Topout } from '../../app/topout.js';
import { topoutToken } from './token.js';

type Reading = (figures: Figures) => [labels: Record<string, string>, value: number][];

/** Every metric: its name, description, labels, and source. */
const figures: [name: string, help: string, labels: string[], read: Reading][] = [
  [
    'topout_store_up',
    'Whether the store takes writes; the state says why not.',
    ['state'],
    ({ store }) => [[{ state: store.state }, store.state === 'up' && !store.notWriting ? 1 : 0]],
  ],
  ['topout_store_head', 'Position of the last event known.', [], ({ store }) => [[{}, store.head]]],
  [
    'topout_store_restarts',
    'How often following a cluster was restarted since the start: after a failure, or because it was faster.',
    ['cause'],
    ({ restarts: { failed, slow } }) => [
      [{ cause: 'failed' }, failed],
      [{ cause: 'slow' }, slow],
    ],
  ],
  [
    'topout_spoilt_streams',
    'Streams that were cut short or deleted on the cluster.',
    [],
    ({ store }) => [[{}, store.spoilt?.length ?? 0]],
  ],
  [
    'topout_view_position',
    'Position of the last event that a view holds.',
    ['view'],
    ({ views }) => views.map(({ name, position }) => [{ view: name }, position]),
  ],
  [
    'topout_view_lag',
    'Positions by which a view is behind; on a cluster these are bytes of its log.',
    ['view'],
    ({ views }) => views.map(({ name, lag }) => [{ view: name }, lag]),
  ],
  [
    'topout_view_age_seconds',
    'For how long the views may not have held everything; 0 while they do.',
    [],
    ({ ageSeconds }) => [[{}, ageSeconds ?? 0]],
  ],
  [
    'topout_deliveries_leader',
    'Whether a replica evaluates and delivers, as far as this one knows; none is named while the leader is unknown.',
    ['replica', 'here'],
    ({ deliveries }) =>
      deliveries?.leader === undefined
        ? []
        : [[{ replica: deliveries.leader, here: String(deliveries.isHere) }, 1]],
  ],
  [
    'topout_deliveries_leader_since_seconds',
    'When its turn began, in seconds since 1970.',
    [],
    ({ deliveries }) => (deliveries?.since ? [[{}, Date.parse(deliveries.since) / 1000]] : []),
  ],
  [
    'topout_deliveries_takeover_seconds',
    'Within how long another replica takes over when that one is gone without a word.',
    [],
    ({ deliveries }) => (deliveries ? [[{}, deliveries.takeoverSeconds]] : []),
  ],
  [
    'topout_deliveries_unfit',
    'Whether this replica may not deliver, because its keys are not those of the installation.',
    [],
    ({ deliveries }) => (deliveries ? [[{}, deliveries.whyNot === undefined ? 0 : 1]] : []),
  ],
  ['topout_projects', 'Projects registered.', [], ({ projects }) => [[{}, projects]]],
];

/** The state of the service, for a monitor. */
@ApiTags('overview')
@Controller()
export class MetricsController {
  constructor(@Inject(topoutToken) private readonly topout: Topout) {}

  /** Metrics in the text format of Prometheus. */
  @Get('metrics')
  @Header('content-type', Registry.PROMETHEUS_CONTENT_TYPE)
  @ApiResponse({
    status: 200,
    description: 'Figures.',
    content: { 'text/plain': { schema: { type: 'string' } } },
  })
  metrics(): Promise<string> {
    const registry = new Registry();
    const read = this.topout.figures();
    for (const [name, help, labelNames, reading] of figures) {
      const gauge = new Gauge({ name, help, labelNames, registers: [registry] });
      for (const [labels, value] of reading(read)) gauge.set(labels, value);
    }
    return registry.metrics();
  }
}
