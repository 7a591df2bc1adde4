export { Gateway } from './gateway.js';
export { Nodes, overMongo, overRedis } from './nodes/index.js';
export { serveMetrics } from './serve-metrics.js';
