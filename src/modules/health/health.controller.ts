import { Controller } from '@nestjs/common';
import {
  ApiOkResponse,
  ApiOperation,
  ApiServiceUnavailableResponse,
  ApiTags,
} from '@nestjs/swagger';
import { HealthCheck, type HealthCheckResult, HealthCheckService } from '@nestjs/terminus';
import { Plain, PlainRead } from '../../protocol/routing/action.decorators.js';
import { DatabaseHealthIndicator } from './database.health-indicator.js';

/** For load balancers and orchestrators; plain health JSON, no envelope. */
@Plain()
@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly database: DatabaseHealthIndicator,
  ) {}

  /** The process answers, also while it stops. */
  @PlainRead('live')
  @ApiOperation({ summary: 'Whether the process answers' })
  @ApiOkResponse({ description: 'It does.' })
  live(): HealthCheckResult {
    return { status: 'ok', info: {}, error: {}, details: {} };
  }

  /** The process can serve: it is not about to stop, the database is reachable and its migrations are current. */
  @PlainRead('ready')
  @HealthCheck({ swaggerDocumentation: false })
  @ApiOperation({ summary: 'Whether the database is reachable and its migrations are current' })
  @ApiOkResponse({ description: 'It is, and they are.' })
  @ApiServiceUnavailableResponse({ description: 'It is not, or they are not.' })
  ready(): Promise<HealthCheckResult> {
    return this.health.check([() => this.database.check('database')]);
  }
}
