import type { TcpProxy } from '../../proxy/tcp-proxy.js';
import { SdkVisitor, type VisitorRole } from '../../workload/sdk-visitor.js';

/** A visitor with a network of his own, which ends with him. */
export class VisitorBehind extends SdkVisitor {
  readonly #way: TcpProxy;

  constructor(way: TcpProxy, role: VisitorRole) {
    super(role);
    this.#way = way;
  }

  override async close(): Promise<void> {
    await super.close();
    await this.#way.close();
  }
}
