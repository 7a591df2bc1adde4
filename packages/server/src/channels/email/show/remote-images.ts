import type { Blobs } from '../../../platform/blobs.js';
import { derivedId } from '../../../platform/ids.js';
import { isSigned, sign } from '../../../platform/signatures.js';
import { isPrivate } from '../private-network.js';
import { fetchImage, type Image, type MayReach } from './fetch-image.js';

export type OpenedImage = Image;

const keptMs = 7 * 24 * 60 * 60_000;

/** Pictures that mails name by an address of the web: fetched by us and kept a while, so that nobody's browser asks for them. */
export class RemoteImages {
  readonly #blobs: Blobs;
  readonly #hmacKey: Buffer;
  readonly #mayReach: MayReach;
  readonly #fetching = new Map<string, Promise<Image | null>>();

  constructor(parts: { blobs: Blobs; hmacKey: Buffer; mayReach?: MayReach }) {
    this.#blobs = parts.blobs;
    this.#hmacKey = parts.hmacKey;
    this.#mayReach = parts.mayReach ?? ((address) => !isPrivate(address));
  }

  /** Where a mail's page finds the picture. Signed, so that we fetch for nobody but the readers of that mail. */
  address(workspaceId: string, url: string, expires: number): string {
    const signature = sign(this.#hmacKey, 'remote image', `${workspaceId}.${expires}.${url}`);
    return `remote/${workspaceId}.${expires}.${signature}?url=${encodeURIComponent(url)}`;
  }

  /** Null for what is not ours to fetch, and for what can't be had. */
  async open(token: string, url: string): Promise<Image | null> {
    const [, workspaceId = '', expires = '', signature = ''] =
      /^([\w-]{1,64})\.(\d{1,15})\.([\w-]{43})$/.exec(token) ?? [];
    if (!isSigned(this.#hmacKey, 'remote image', `${workspaceId}.${expires}.${url}`, signature)) return null;
    if (Number(expires) < Date.now()) return null;
    const id = derivedId('remote-image', workspaceId, url);
    const kept = await this.#blobs.get(id);
    if (kept) return { mimeType: kept.info.mimeType, content: kept.content };
    const fetching = this.#fetching.get(id) ?? this.#fetch(id, workspaceId, url);
    this.#fetching.set(id, fetching);
    return fetching;
  }

  async #fetch(id: string, workspaceId: string, url: string): Promise<Image | null> {
    try {
      const image = await fetchImage(url, this.#mayReach).catch(() => null); // whatever is wrong with it, there is none
      const expiresAt = new Date(Date.now() + keptMs);
      const info = { workspaceId, filename: 'image', mimeType: image?.mimeType ?? '', expiresAt };
      if (image) await this.#blobs.put(image.content, info, id);
      return image;
    } finally {
      this.#fetching.delete(id);
    }
  }
}
