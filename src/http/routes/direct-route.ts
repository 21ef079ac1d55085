import type { Topout } from '../../app/topout.js';
import { entryShapes } from '../dto/entry-shapes.js';
import { commandOf } from '../dto/facts.js';
import { sendProblem } from '../problems/problem-filter.js';
import type { Reply, Request } from '../server/fastify-types.js';
import { shaped } from '../validation/shape.js';
import { ProjectId } from './path.js';
import { answered, askedBy, write } from './write.js';

/** A route as fastify is about to add it. */
interface Route {
  method: string | string[];
  url: string;
  handler: unknown;
}

/**
 * Lets fastify call the route that logs one fact itself; every other route goes through Nest.
 *
 * `EntriesController.log` declares it and says what it does. This does the same steps without the guards, pipes and
 * promises of the framework, which cost a fifth of such a request and nothing that would be missed (docs/decisions/0025).
 */
export function callDirectly(route: Route, topout: Topout): void {
  if (route.method !== 'POST' || route.url !== '/projects/:project/entries') return;
  const { facts } = entryShapes(topout.facts);
  route.handler = async (request: Request & { params: unknown; body: unknown }, reply: Reply) => {
    try {
      // In the order in which Nest reads parameters, the last one first: of several faults the same one is told.
      const asked = askedBy(request);
      const fact = shaped(facts, request.body);
      const project = ProjectId.transform((request.params as { project: string }).project, inPath);
      return answered(reply, await write(topout, project, commandOf(fact, topout.today().on), asked));
    } catch (error) {
      sendProblem(reply, request, error);
      return reply;
    }
  };
}

const inPath = { type: 'param', data: 'project' } as const;
