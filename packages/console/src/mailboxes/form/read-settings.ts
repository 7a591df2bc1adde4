import type { MailboxSettings, MailboxSignIn, MailServerSettings } from '@helpline/protocol';

/** The servers a form holds, whose fields are named by their JSON pointers. */
export function readServers(form: FormData, hasOneSignIn: boolean): Pick<MailboxSettings, 'imap' | 'smtp'> {
  const server = (name: 'imap' | 'smtp'): MailServerSettings => {
    const signIn = hasOneSignIn ? 'imap' : name;
    return {
      host: textIn(form, `/${name}/host`),
      port: Number(textIn(form, `/${name}/port`)),
      secure: form.has(`/${name}/secure`),
      user: textIn(form, `/${signIn}/user`),
      password: String(form.get(`/${signIn}/password`) ?? ''),
    };
  };
  return { imap: server('imap'), smtp: server('smtp') };
}

/** Null where nothing was typed. */
export const readAuthservId = (form: FormData): string | null => textIn(form, '/authservId') || null;

/** Everything a new mailbox needs, but for its servers. */
export function readMailbox(form: FormData): Omit<MailboxSignIn, 'provider'> {
  const historyDays = Number(textIn(form, '/historyDays'));
  const authservId = readAuthservId(form);
  return {
    brandId: textIn(form, '/brandId'),
    address: textIn(form, '/address'),
    displayName: textIn(form, '/displayName'),
    ...(historyDays > 0 ? { historyDays } : {}),
    ...(authservId ? { authservId } : {}),
  };
}

const textIn = (form: FormData, pointer: string): string => String(form.get(pointer) ?? '').trim();
