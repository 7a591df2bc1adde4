import { expect, test } from 'vitest';
import { steadyId } from './steady-id.js';

test('all mails of Jira about one issue have one id, those about another have another', () => {
  const first = steadyId('<JIRA.13218.1546300800000@Atlassian.JIRA>');
  expect(steadyId('<JIRA.13218.1546300800000.1234.1546300900000@Atlassian.JIRA>')).toBe(first);
  expect(steadyId('<JIRA.13219.1546300800000.1234@Atlassian.JIRA>')).not.toBe(first);
});

test('every other id stays as it is', () => {
  for (const id of ['<a.b@c>', '', '<JIRA.13218@evil.example>']) expect(steadyId(id)).toBe(id);
});
