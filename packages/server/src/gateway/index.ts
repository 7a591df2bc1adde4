export { Gateway } from './gateway.js';
export { serveMetrics } from './serve-metrics.js';
