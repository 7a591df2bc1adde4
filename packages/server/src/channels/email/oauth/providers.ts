import { mailProviders, type SignInProvider } from '@helpline/protocol';
import type { AuthorizationServer } from 'oauth4webapi';

interface Place {
  host: string;
  port: number;
  secure: boolean;
}

/** A provider at which one signs in for a mailbox, with what Helpline is known by there. */
export interface Provider {
  id: SignInProvider;
  /** As people call it. */
  name: string;
  /** What must be set in the environment for it. */
  variables: string;
  /** `{tid}` in its issuer stands for the tenant of whoever signs in, which is not known before. */
  server: AuthorizationServer;
  clientId: string;
  clientSecret: string;
  /** What must be allowed, or the mailbox is of no use. */
  mailScopes: string[];
  otherScopes: string[];
  /** In which claim of its ID tokens the account stands. */
  accountClaim: 'email' | 'preferred_username';
  /** What else its page is told. */
  parameters: Record<string, string>;
  /** Whether its mail servers say themselves which mailboxes an account may open beside its own: shared ones. */
  hasSharedMailboxes: boolean;
  imap: Place;
  smtp: Place;
}

export interface ProviderKeys {
  google: { clientId: string; clientSecret: string } | null;
  microsoft: { clientId: string; clientSecret: string; tenant: string } | null;
}

/** Those that whoever runs the server has registered it with. */
export const providersOf = ({ google: atGoogle, microsoft: atMicrosoft }: ProviderKeys): Provider[] => [
  ...(atGoogle ? [google(atGoogle)] : []),
  ...(atMicrosoft ? [microsoft(atMicrosoft)] : []),
];

const google = (keys: NonNullable<ProviderKeys['google']>): Provider => ({
  ...keys,
  id: 'gmail',
  name: 'Google',
  variables: 'HELPLINE_GOOGLE_CLIENT_ID, HELPLINE_GOOGLE_CLIENT_SECRET',
  server: {
    issuer: 'https://accounts.google.com',
    authorization_endpoint: 'https://accounts.google.com/o/oauth2/v2/auth',
    token_endpoint: 'https://oauth2.googleapis.com/token',
  },
  mailScopes: ['https://mail.google.com/'],
  otherScopes: ['openid', 'email'],
  accountClaim: 'email',
  parameters: { access_type: 'offline', prompt: 'consent' }, // else there is no refresh token the second time
  hasSharedMailboxes: false,
  ...placesOf('gmail'),
});

function microsoft({ tenant, ...keys }: NonNullable<ProviderKeys['microsoft']>): Provider {
  const home = `https://login.microsoftonline.com/${encodeURIComponent(tenant)}/oauth2/v2.0`;
  return {
    ...keys,
    id: 'microsoft',
    name: 'Microsoft',
    variables: 'HELPLINE_MICROSOFT_CLIENT_ID, HELPLINE_MICROSOFT_CLIENT_SECRET',
    server: {
      issuer: 'https://login.microsoftonline.com/{tid}/v2.0',
      authorization_endpoint: `${home}/authorize`,
      token_endpoint: `${home}/token`,
    },
    mailScopes: ['https://outlook.office.com/IMAP.AccessAsUser.All', 'https://outlook.office.com/SMTP.Send'],
    otherScopes: ['openid', 'profile', 'offline_access'],
    accountClaim: 'preferred_username',
    parameters: { prompt: 'select_account' },
    hasSharedMailboxes: true,
    ...placesOf('microsoft'),
  };
}

function placesOf(id: SignInProvider): Pick<Provider, 'imap' | 'smtp'> {
  const known = mailProviders.find((provider) => provider.id === id);
  if (!known) throw new Error(`Nothing is known of ${id}.`);
  return { imap: known.imap, smtp: known.smtp };
}
