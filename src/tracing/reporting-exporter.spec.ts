import { Logger } from '@nestjs/common';
import { jest } from '@jest/globals';
import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import { ReportingExporter } from './reporting-exporter.js';

const FAILED = { code: ExportResultCode.FAILED, error: new Error('no') };
const SUCCESS = { code: ExportResultCode.SUCCESS };

it('says at each turn, and only then, whether the collector answers', () => {
  const warned = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
  let result: ExportResult = SUCCESS;
  const exporter = new ReportingExporter({
    export: (_spans, done) => done(result),
    shutdown: () => Promise.resolve(),
  });
  const said = [SUCCESS, FAILED, FAILED, FAILED, SUCCESS, SUCCESS, FAILED].map((next) => {
    result = next;
    const seen: ExportResult[] = [];
    exporter.export([], (one) => seen.push(one));
    expect(seen).toEqual([next]);
    return warned.mock.calls.splice(0).map(([one]) => (one as { msg: string }).msg);
  });
  const lost = ['traces are lost: the collector does not answer'];
  const again = ['traces are sent again'];
  expect(said).toEqual([[], lost, [], [], again, [], lost]);
});
