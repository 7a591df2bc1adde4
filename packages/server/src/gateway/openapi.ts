import { errorStatus } from '@helpline/protocol';
import { doors, uploadedFile } from '@helpline/protocol/schemas';
import { z } from 'zod';
import type { Row } from '../platform/doors.js';

const problem = {
  type: 'object',
  required: ['code', 'status', 'title'],
  properties: {
    code: { enum: Object.keys(errorStatus) },
    status: { type: 'integer' },
    title: { type: 'string' },
    detail: { type: 'string' },
    errors: {
      type: 'array',
      items: { type: 'object', properties: { pointer: { type: 'string' }, detail: { type: 'string' } } },
    },
    retryAfterMs: { type: 'integer' },
    requestId: { type: 'string' },
  },
};

/** The OpenAPI 3.1 description of the mounted doors, from the same schemas that check their input. */
export function openApiOf(rows: Row[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const row of rows) {
    const [method = '', path = ''] = doors[row.name].http.split(' ');
    const template = path.replace(/:(\w+)/g, '{$1}');
    paths[template] = { ...paths[template], [method.toLowerCase()]: operationOf(row, method, path) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Helpline',
      version: '1',
      description: 'Every door of Helpline. A refusal is problem+json with a code of a closed list.',
    },
    servers: [{ url: '/api/v1' }],
    paths: { ...paths, '/uploads/{token}': uploads },
    components: {
      schemas: { Problem: problem },
      securitySchemes: {
        visitor: { type: 'http', scheme: 'bearer' },
        agent: { type: 'apiKey', in: 'cookie', name: 'helpline_session' },
      },
    },
  };
}

/** The address that `file.begin` gives; it lies beside the API. */
const uploads = {
  servers: [{ url: '/' }],
  put: {
    operationId: 'file.put',
    tags: ['file'],
    parameters: [{ name: 'token', in: 'path', required: true, schema: { type: 'string' } }],
    requestBody: {
      required: true,
      content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
    },
    responses: answersOf(uploadedFile),
  },
};

function operationOf(row: Row, method: string, path: string): object {
  const { input, output } = doors[row.name];
  const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' });
  const inPath = [...path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '');
  const fields = Object.entries(schema.properties ?? {});
  const required = (name: string): boolean => schema.required?.includes(name) ?? false;
  const parameters = fields
    .filter(([name]) => inPath.includes(name) || method === 'GET' || method === 'DELETE')
    .map(([name, one]) => ({
      name,
      in: inPath.includes(name) ? 'path' : 'query',
      required: inPath.includes(name) || required(name),
      schema: one,
    }));
  const body = fields.filter(([name]) => !parameters.some((parameter) => parameter.name === name));
  return {
    operationId: row.name,
    tags: [row.name.split('.')[0]],
    ...(row.audience === 'anyone' ? {} : { security: [{ [row.audience]: [] }] }),
    'x-permission': row.permission,
    parameters,
    ...(body.length === 0
      ? {}
      : {
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  properties: Object.fromEntries(body),
                  required: body.map(([name]) => name).filter(required),
                },
              },
            },
          },
        }),
    responses: answersOf(output),
  };
}

function answersOf(output: z.ZodType): object {
  return {
    200: {
      description: 'Done.',
      content: { 'application/json': { schema: z.toJSONSchema(output, { unrepresentable: 'any' }) } },
    },
    default: {
      description: 'Refused.',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  };
}
