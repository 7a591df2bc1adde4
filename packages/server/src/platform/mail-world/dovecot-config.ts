import { join } from 'node:path';
import type { MailAccount } from './mail-world.js';

interface DovecotConfig {
  runDir: string;
  users: string;
  /** The file that says where access tokens are looked up, where one may sign in by them. */
  tokens: string | undefined;
  log: string;
  imapPort: number;
  lmtpPort: number;
  /** The one user everything runs as, where Dovecot is not started by root. */
  runAs: { user: string; group: string } | undefined;
}

export function dovecotConfig({ runDir, users, tokens, log, imapPort, lmtpPort, runAs }: DovecotConfig): string {
  return `
protocols = imap lmtp
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_username_format = %Lu
base_dir = ${join(runDir, 'run')}
state_dir = ${join(runDir, 'state')}
log_path = ${log}
first_valid_uid = 1
mail_location = maildir:~/Maildir
${runAs ? settingsOfOneUser(runAs) : ''}

namespace inbox {
  inbox = yes
  mailbox Sent {
    auto = create
    special_use = \\Sent
  }
  mailbox Junk {
    auto = create
    special_use = \\Junk
  }
}

${tokens ? signInByToken(tokens) : ''}
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%u ${users}
}
userdb {
  driver = passwd-file
  args = username_format=%u ${users}
}

protocol imap {
  mail_max_userip_connections = 100
}
service imap-login {
  ${runAs ? 'chroot =' : ''}
  inet_listener imap {
    port = ${imapPort}
  }
  inet_listener imaps {
    port = 0
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${lmtpPort}
  }
}
${runAs ? 'service anvil {\n  chroot =\n}' : ''}
`;
}

const signInByToken = (tokens: string): string => `
auth_mechanisms = plain oauthbearer xoauth2
passdb {
  driver = oauth2
  mechanisms = oauthbearer xoauth2
  args = ${tokens}
}
`;

export const tokensFile = (introspectionUrl: string): string => `
introspection_mode = post
introspection_url = ${introspectionUrl}
username_attribute = email
active_attribute = active
active_value = true
`;

function settingsOfOneUser({ user, group }: { user: string; group: string }): string {
  return `
default_internal_user = ${user}
default_login_user = ${user}
default_internal_group = ${group}
`;
}

/** In the format of /etc/passwd: name, password, uid, gid, remark, home, and more that is not needed. */
export function usersFile(accounts: MailAccount[], mailHome: string, owner: { uid: number; gid: number }): string {
  return accounts
    .map(({ user, password }) => {
      if (/[:\n]/.test(user + password)) throw new Error(`A mail user's name or password may not contain a colon.`);
      return `${user}:{PLAIN}${password}:${owner.uid}:${owner.gid}::${join(mailHome, user)}::\n`;
    })
    .join('');
}
