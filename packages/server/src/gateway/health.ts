import type { Express } from 'express';
import type { Health } from '../platform/health.js';

/** For load balancers and supervisors: no session, no rate, nothing that a customer could learn from. */
export function mountHealth(app: Express, health: Health): void {
  app.get('/livez', (_request, response) => {
    response.setHeader('cache-control', 'no-store').json({ alive: true }); // whose event loop stands still does not answer
  });
  app.get('/readyz', async (_request, response) => {
    const readiness = await health.readiness();
    response
      .setHeader('cache-control', 'no-store')
      .status(readiness.ready ? 200 : 503)
      .json(readiness);
  });
}
