// A bare Socket.IO server of the version and with the options that Helpline has: what an idle connection costs at least.
import http from 'node:http';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const { Server } = createRequire(resolve('packages/server/package.json'))('socket.io');
const server = http.createServer();
new Server(server, { transports: ['websocket'], serveClient: false, perMessageDeflate: false });
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => console.log(server.address().port));
