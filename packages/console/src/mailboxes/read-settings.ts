import type { MailboxSettings, MailServerSettings } from '@helpline/protocol';

/** The settings a form holds, whose fields are named by their JSON pointers. */
export function readSettings(form: FormData, hasOneSignIn: boolean): MailboxSettings {
  const text = (pointer: string): string => String(form.get(pointer) ?? '').trim();
  const server = (name: 'imap' | 'smtp'): MailServerSettings => {
    const signIn = hasOneSignIn ? 'imap' : name;
    return {
      host: text(`/${name}/host`),
      port: Number(text(`/${name}/port`)),
      secure: form.has(`/${name}/secure`),
      user: text(`/${signIn}/user`),
      password: String(form.get(`/${signIn}/password`) ?? ''),
    };
  };
  return {
    brandId: text('/brandId'),
    address: text('/address'),
    displayName: text('/displayName'),
    imap: server('imap'),
    smtp: server('smtp'),
  };
}
