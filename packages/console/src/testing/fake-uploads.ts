import type { UploadedFile } from '@helpline/protocol';
import type { HelplineError, Uploading } from '@helpline/sdk/agent';

/** A file on its way, until the test says what becomes of it. */
export interface FakeUpload {
  file: File;
  options: Uploading;
  progress(sent: number): void;
  finish(): void;
  fail(error: HelplineError): void;
}

/** Where files go in tests. */
export class FakeUploads {
  readonly sent: FakeUpload[] = [];
  /** Whether each arrives by itself. */
  atOnce = false;

  send(file: File, options: Uploading = {}): Promise<UploadedFile> {
    return new Promise((resolve, reject) => {
      const arrived = {
        fileId: `file-${this.sent.length + 1}`,
        filename: file.name,
        mimeType: file.type,
        size: file.size,
      };
      const upload: FakeUpload = {
        file,
        options,
        progress: (sent) => options.onProgress?.(sent),
        finish: () => resolve(arrived),
        fail: reject,
      };
      options.signal?.addEventListener('abort', () => reject(options.signal?.reason));
      this.sent.push(upload);
      if (this.atOnce) upload.finish();
    });
  }
}
