import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { SettingsError } from '../config/env.js';
import { MetricsSettings } from '../config/metrics.settings.js';
import { Metrics } from './metrics.js';

const PATH = '/metrics';

/** Answers Prometheus on a port of its own, which the shop's clients need not reach. */
@Injectable()
export class MetricsServer implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(MetricsServer.name);
  private server?: Server;

  constructor(
    private readonly settings: MetricsSettings,
    private readonly metrics: Metrics,
  ) {}

  /**
   * Listens if a port is set.
   *
   * @throws SettingsError when the port or the address cannot be used
   */
  async onApplicationBootstrap(): Promise<void> {
    if (!this.settings.enabled) return;
    const server = createServer((request, response) => void this.answer(request, response));
    server.listen(this.settings.port, this.settings.host);
    try {
      await once(server, 'listening');
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new SettingsError(`METRICS_PORT or METRICS_HOST cannot be used: ${reason}`);
    }
    this.server = server;
  }

  /** Runs after the last request was answered, so that it is still counted. */
  async onApplicationShutdown(): Promise<void> {
    if (!this.server) return;
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path] = (request.url ?? '').split('?');
    if (path !== PATH || !['GET', 'HEAD'].includes(request.method ?? '')) {
      response.writeHead(404).end();
      return;
    }
    try {
      const text = await this.metrics.read();
      response.writeHead(200, { 'Content-Type': this.metrics.contentType }).end(text);
    } catch (error) {
      this.logger.error({ msg: 'the figures cannot be read', err: error });
      response.writeHead(500).end();
    }
  }
}
