import type { UploadedFile } from '@helpline/protocol';
import { asProblem, HelplineError, unreachable } from './errors.js';

export interface SendingFile {
  /** Told how many bytes have left, where the platform says so. */
  onProgress?: ((sent: number) => void) | undefined;
  /** Breaks it off; the promise rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/** Puts a file's bytes to the address that was given for it. */
export async function sendFile(url: string, file: Blob, sending: SendingFile): Promise<UploadedFile> {
  sending.signal?.throwIfAborted();
  const { status, text } = await (typeof XMLHttpRequest === 'undefined' ? byFetch : byRequest)(url, file, sending);
  const answer: unknown = parsed(text);
  if (status < 200 || status > 299) throw new HelplineError(asProblem(answer, status));
  sending.onProgress?.(file.size);
  return answer as UploadedFile;
}

interface Answered {
  status: number;
  text: string;
}

/** Only this way browsers tell how much has left. */
function byRequest(url: string, file: Blob, { onProgress, signal }: SendingFile): Promise<Answered> {
  const request = new XMLHttpRequest();
  const stop = () => request.abort();
  return new Promise<Answered>((resolve, reject) => {
    request.upload.onprogress = ({ loaded }) => onProgress?.(Math.min(loaded, file.size));
    request.onload = () => resolve({ status: request.status, text: request.responseText });
    request.onerror = () => reject(unreachable());
    request.onabort = () => reject(signal?.reason);
    signal?.addEventListener('abort', stop);
    request.open('PUT', url);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.send(file);
  }).finally(() => signal?.removeEventListener('abort', stop));
}

async function byFetch(url: string, file: Blob, { signal }: SendingFile): Promise<Answered> {
  const headers = { 'content-type': 'application/octet-stream' };
  try {
    const response = await fetch(url, { method: 'PUT', body: file, headers, ...(signal ? { signal } : {}) });
    return { status: response.status, text: await response.text() };
  } catch {
    signal?.throwIfAborted();
    throw unreachable();
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
