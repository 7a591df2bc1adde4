/** The configuration of the package we are called in, with our totals beside its own reporters. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { totalsReporter } from './totals-reporter.mjs';

const here = join(process.cwd(), 'web-test-runner.config.mjs');
const { default: config } = await import(pathToFileURL(here).href);
const { defaultReporter } = await import(pathToFileURL(createRequire(here).resolve('@web/test-runner')).href);

export default {
  ...config,
  reporters: [...(config.reporters ?? [defaultReporter()]), totalsReporter(process.env.HELPLINE_TOTALS)],
};
