export { type Audience, type Hint, Nodes } from './nodes.js';
export { overMongo } from './over-mongo.js';
export { overRedis } from './over-redis.js';
