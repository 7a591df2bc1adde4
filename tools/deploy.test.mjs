import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { ROOT } from './prepare.mjs';

const read = (path) => readFileSync(join(ROOT, path), 'utf8');

/** The names of all settings, as config.ts reads them. */
const settings = [...read('packages/server/src/config.ts').matchAll(/^ {2}([A-Z][A-Z_]+): z/gm)].map(
  ([, name]) => name,
);

/** No Docker runs where the tests do, so what can be read is checked: nothing is built. */
test('the compose file sets what the nodes read, and leaves no secret in itself', () => {
  const { services } = parse(read('deploy/compose.yaml'), { merge: true });
  const nodes = Object.values(services).filter(({ image }) => image === 'helpline');
  expect(nodes).toHaveLength(2);
  for (const { environment } of nodes) {
    expect(settings).toEqual(expect.arrayContaining(Object.keys(environment)));
    expect(environment.HELPLINE_SECRET_KEY).toMatch(/^\$\{HELPLINE_SECRET_KEY:\?/);
    expect(environment.MONGODB_URI).not.toContain('@');
  }
});

test('only the proxy can be reached from outside, and everything named is there', () => {
  const { services, networks, volumes } = parse(read('deploy/compose.yaml'), { merge: true });
  const published = Object.entries(services).filter(([, { ports }]) => ports);
  expect(published.map(([name]) => name)).toEqual(['proxy']);
  expect(networks.data).toEqual({ internal: true });
  for (const service of Object.values(services)) {
    for (const network of service.networks) expect(networks).toHaveProperty(network);
    for (const name of Object.keys(service.depends_on ?? {})) expect(services).toHaveProperty(name);
    for (const volume of service.volumes ?? []) {
      const [source] = volume.split(':');
      if (source.startsWith('./')) expect(existsSync(join(ROOT, 'deploy', source))).toBe(true);
      else expect(volumes).toHaveProperty(source);
    }
  }
  expect(nodesOf(read('deploy/Caddyfile'))).toEqual(Object.keys(services).filter((name) => name.startsWith('node')));
});

const nodesOf = (caddyfile) => [...caddyfile.matchAll(/(\w+):3000/g)].map(([, name]) => name);

test('what the Dockerfile copies is there, and it runs as nobody special', () => {
  const dockerfile = read('deploy/Dockerfile');
  const copies = [...dockerfile.matchAll(/^COPY (--from=\S+ )?(.*) \S+$/gm)];
  const sources = copies.flatMap(([, from, paths]) =>
    paths.split(' ').map((path) => (from ? path.replace('/app/', '') : path)),
  );
  for (const path of sources) {
    const made = /node_modules$|\/(dist|bundle)$/.test(path);
    expect(existsSync(join(ROOT, made ? dirname(path) : path)), path).toBe(true);
  }
  expect(dockerfile).toMatch(/^USER node$/m);
  expect(dockerfile).toContain('/livez');
  const manifests = sources.filter((path) => path.startsWith('packages/') && path.endsWith('package.json'));
  expect(manifests).toHaveLength(5); // a package that is not named would be missing from the frozen lockfile's install
});

test('docs/operations.md lists every setting, and none that is not read', () => {
  const table = [...read('docs/operations.md').matchAll(/^\| ((?:`[A-Z_]+`(?:, )?)+) +\|/gm)];
  const documented = table.flatMap(([, names]) => names.match(/[A-Z_]+/g));
  expect(documented.sort()).toEqual([...settings].sort());
});
