import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { HealthCheck, type HealthCheckResult, HealthCheckService } from '@nestjs/terminus';
import { Plain } from '../../protocol/action.decorators.js';
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

  /** The process answers. */
  @Get('live')
  @HealthCheck()
  @ApiOperation({ summary: 'Whether the process answers' })
  live(): Promise<HealthCheckResult> {
    return this.health.check([]);
  }

  /** The process can serve: the database is reachable and its migrations are current. */
  @Get('ready')
  @HealthCheck()
  @ApiOperation({ summary: 'Whether the database is reachable and its migrations are current' })
  ready(): Promise<HealthCheckResult> {
    return this.health.check([() => this.database.check('database')]);
  }
}
