import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { Counter, Gauge, Registry } from 'prom-client';
import { Measures } from '../../../app/measures.js';
import type { Topout } from '../../../app/topout.js';
import { AlertStreams } from '../../alert-stream/alert-stream.js';
import { topoutToken } from '../token.js';
import { figures } from './figures.js';
import { processMetrics } from './process-metrics.js';

/** The state of the service, for a monitor. */
@ApiTags('overview')
@Controller()
export class MetricsController {
  constructor(
    @Inject(topoutToken) private readonly topout: Topout,
    @Inject(AlertStreams) private readonly streams: AlertStreams,
    @Inject(Measures) private readonly measures: Measures,
  ) {}

  /** Metrics in the text format of Prometheus. */
  @Get('metrics')
  @Header('content-type', Registry.PROMETHEUS_CONTENT_TYPE)
  @ApiResponse({
    status: 200,
    description: 'Figures.',
    content: { 'text/plain': { schema: { type: 'string' } } },
  })
  async metrics(): Promise<string> {
    const parts = [this.present(), this.measures.registry, processMetrics()];
    const texts = await Promise.all(parts.map((registry) => registry.metrics()));
    return texts.join('\n');
  }

  private present(): Registry {
    const registry = new Registry();
    const registers = [registry];
    const read = this.topout.figures();
    for (const { name, help, labels: labelNames = [], read: reading } of figures) {
      const isCounter = name.endsWith('_total');
      const metric = isCounter
        ? new Counter({ name, help, labelNames, registers })
        : new Gauge({ name, help, labelNames, registers });
      for (const [labels, value] of reading(read)) metric.inc(labels, value);
    }
    const readers = 'Open alert streams of this process.';
    new Gauge({ name: 'topout_stream_readers', help: readers, registers }).set(this.streams.openCount);
    return registry;
  }
}
