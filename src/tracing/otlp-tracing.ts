import { AsyncLocalStorage } from 'node:async_hooks';
import type { OnApplicationShutdown } from '@nestjs/common';
import {
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind as OtelSpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import { parseTraceParent } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  SamplingDecision,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { TracingSettings } from '../config/tracing.settings.js';
import { ReportingExporter } from './reporting-exporter.js';
import { type RequestTrace, type SpanKind, type TracedAnswer, Tracing } from './tracing.js';

/** Milliseconds for the collector to take a batch, at the stop too. */
const EXPORT_TIMEOUT_MS = 3_000;

const KINDS = { internal: OtelSpanKind.INTERNAL, client: OtelSpanKind.CLIENT } as const;

/**
 * Sends spans to an OpenTelemetry collector, in batches and aside from the requests. It registers
 * nothing globally: several applications in one process trace on their own.
 *
 * A span holds fixed names, HTTP statuses and result codes. URLs, headers, parameters, statements'
 * values and errors' messages, any of which may hold a token or a user's data, never enter one.
 */
export class OtlpTracing extends Tracing implements OnApplicationShutdown {
  private readonly contexts = new AsyncLocalStorage<Context>();
  private readonly provider: TracerProvider;
  private readonly tracer: Tracer;

  constructor({ endpoint, serviceName, sampleRatio }: TracingSettings) {
    super();
    const exporter = new OTLPTraceExporter({
      url: `${endpoint ?? ''}/v1/traces`,
      timeoutMillis: EXPORT_TIMEOUT_MS,
    });
    this.provider = new TracerProvider({
      resource: defaultResource().merge(resourceFromAttributes({ 'service.name': serviceName })),
      sampler: requestSampler(sampleRatio),
      spanProcessors: [new BatchSpanProcessor({ exporter: new ReportingExporter(exporter) })],
    });
    this.tracer = this.provider.getTracer('nest-shopxo');
  }

  override startRequest(method: string, traceparent: string | undefined): RequestTrace {
    const parent = traceparent === undefined ? null : parseTraceParent(traceparent);
    const span = this.tracer.startSpan(
      method,
      { kind: OtelSpanKind.SERVER, attributes: { 'http.request.method': method } },
      parent ? trace.setSpanContext(ROOT_CONTEXT, { ...parent, isRemote: true }) : ROOT_CONTEXT,
    );
    const context = trace.setSpan(ROOT_CONTEXT, span);
    return {
      traceId: span.spanContext().traceId,
      run: (work) => this.contexts.run(context, work),
      end: (answer) => endRequest(span, method, answer),
    };
  }

  override async inSpan<Result>(
    name: string,
    kind: SpanKind,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const parent = this.contexts.getStore();
    if (!parent) return work();
    const span = this.tracer.startSpan(name, { kind: KINDS[kind] }, parent);
    try {
      return await this.contexts.run(trace.setSpan(parent, span), work);
    } catch (error) {
      span.setAttribute('error.type', typeOf(error));
      // A handler's failure may be a plain "no" to its caller; the request's status tells.
      if (kind === 'client') span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  }

  /** Sends what is left. A collector that does not take it was reported already. */
  async onApplicationShutdown(): Promise<void> {
    await this.provider.shutdown().catch(() => undefined);
  }
}

/**
 * Keeps a share of the requests, each with all its spans. A caller chooses both its trace's id and its
 * sampled flag, so neither decides, or callers would decide how much is kept.
 */
function requestSampler(ratio: number): Sampler {
  const draw: Sampler = {
    shouldSample: () => ({
      decision:
        Math.random() < ratio ? SamplingDecision.RECORD_AND_SAMPLED : SamplingDecision.NOT_RECORD,
    }),
    toString: () => `Draw{${ratio}}`,
  };
  return new ParentBasedSampler({
    root: draw,
    remoteParentSampled: draw,
    remoteParentNotSampled: draw,
  });
}

function endRequest(span: Span, method: string, answer: TracedAnswer): void {
  const { route, status, code, aborted } = answer;
  if (route !== undefined) {
    span.updateName(`${method} ${route}`);
    span.setAttribute('http.route', route);
  }
  if (aborted) span.setAttribute('error.type', 'aborted');
  else span.setAttribute('http.response.status_code', status);
  if (code !== undefined) span.setAttribute('shopxo.code', code);
  if (aborted || status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

/** PostgreSQL's or Node's code of an error, else its class. Its message may repeat a parameter. */
function typeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' && /^[A-Z0-9_]{1,40}$/.test(code) ? code : error.constructor.name;
}
