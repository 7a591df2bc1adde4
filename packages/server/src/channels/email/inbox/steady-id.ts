const jira = /^<(JIRA\.\d{1,20}\.\d{1,20})(?:\.[^@<>]{0,200})?@Atlassian\.JIRA>$/i;

/** A Message-ID without what changes in it from mail to mail: Jira gives all mails about one issue the same beginning. */
export const steadyId = (messageId: string): string => messageId.replace(jira, '<$1@Atlassian.JIRA>');
