/** Where things go in a scenario: what may be named where, and the loops that are refused. */
import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../src/scenario/parse-scenario.js';
import { linesOf } from './lines-of.js';

const FILE = `functions:
  a: { duration: 1s }
  b: { duration: 1s }
queues: { dlq: {}, ordered: { type: fifo } }
streams: { clicks: {} }
topics: { news: { subscribers: [a] }, bus: { type: eventbridge } }
dependencies: { db: { latency: 5ms } }
traffic: { web: { to: a, rate: 1/s } }
`;
const withA = (settings: string) => linesOf(FILE.replace('a: { duration: 1s }', `a: { duration: 1s, ${settings} }`));
const withLine = (line: string) => linesOf(FILE + line);

describe('an id', () => {
  it('is that of one resource only', () => {
    expect(linesOf(FILE.replace('clicks', 'dlq').replace('news', 'b'))).toEqual([
      'duplicate-id  scenario.yaml:5:12  streams.dlq  dlq is the id of a queue already  (give each function, queue, stream, topic and dependency an id of its own)',
      'duplicate-id  scenario.yaml:6:11  topics.b  b is the id of a function already  (give each function, queue, stream, topic and dependency an id of its own)',
    ]);
  });

  it('may be that of a traffic and of what it goes to', () => {
    expect(linesOf(FILE.replace('web:', 'a:'))).toEqual([]);
  });
});

describe('a target', () => {
  it('may be anything that receives', () => {
    const calls =
      '[{ to: b }, { to: b, invocation: Event }, { to: dlq }, { to: clicks, key: { count: 3 } }, { to: news }, { to: db }]';
    expect(withA(`async: { onSuccess: news, onFailure: b, deadLetterQueue: dlq }, calls: ${calls}`)).toEqual([]);
    for (const to of ['dlq', 'clicks', 'news', 'bus']) expect(linesOf(FILE.replace('to: a', `to: ${to}`))).toEqual([]);
  });

  it('exists, or the nearest is suggested', () => {
    expect(withA('async: { onFailure: dlk }, calls: [{ to: dbb }]')).toEqual([
      'unknown-id  scenario.yaml:2:42  functions.a.async.onFailure  there is no queue, topic or function dlk  (did you mean dlq?)',
      'unknown-id  scenario.yaml:2:63  functions.a.calls[0].to  there is no function, queue, stream, topic or dependency dbb  (did you mean db?)',
    ]);
  });

  it('is of a kind that can receive there', () => {
    expect(withA('async: { onSuccess: clicks, onFailure: ordered, deadLetterQueue: bus }')).toEqual([
      'wrong-kind  scenario.yaml:2:42  functions.a.async.onSuccess  clicks is a stream, and a destination goes to a queue, topic or function  (name a queue, topic or function)',
      'wrong-kind  scenario.yaml:2:61  functions.a.async.onFailure  Lambda hands nothing over to a FIFO queue  (use a standard queue)',
      'wrong-kind  scenario.yaml:2:87  functions.a.async.deadLetterQueue  Lambda hands nothing over to an event bus as dead-letter queue  (use a standard queue, an SNS topic, or onFailure)',
    ]);
    expect(linesOf(FILE.replace('to: a', 'to: db'))).toEqual([
      'wrong-kind  scenario.yaml:8:23  traffic.web.to  db is a dependency, and this goes to a function, queue, stream or topic  (name a function, queue, stream or topic)',
    ]);
    expect(linesOf(FILE.replace('[a]', '[{ to: clicks }]'))).toEqual([
      'wrong-kind  scenario.yaml:6:39  topics.news.subscribers[0].to  clicks is a stream, and an SNS topic goes to a function or queue  (name a function or queue)',
    ]);
  });

  it('takes no setting that has no meaning for it', () => {
    expect(
      withA('calls: [{ to: db, invocation: Event, key: { count: 2 } }]').map((line) => line.split('  ')[2]),
    ).toEqual(['functions.a.calls[0].invocation', 'functions.a.calls[0].key']);
    expect(linesOf(FILE.replace('to: a,', 'to: dlq, via: sdk, retry: none,'))).toEqual([
      'no-effect  scenario.yaml:8:33  traffic.web.via  via belongs to calls of a function, and dlq is none  (remove via)',
      'no-effect  scenario.yaml:8:45  traffic.web.retry  retry belongs to calls of a function, and dlq is none  (remove retry)',
    ]);
  });

  it('has a greatest size for what it gets, by the day', () => {
    expect(withA('calls: [{ to: dlq, payload: 2MB }]')).toEqual([
      'above-maximum  scenario.yaml:2:50  functions.a.calls[0].payload  2MB is above the 1MB limit of a queue  (use at most 1MB)',
    ]);
    const event = (day: string) =>
      linesOf(`asOf: ${day}\n${FILE.replace('to: a', 'to: a, via: event, payload: 300KB')}`);
    expect(event('2025-11-01')).toEqual([]);
    expect(event('2025-06-01')).toEqual([
      'above-maximum  scenario.yaml:9:47  traffic.web.payload  300KB is above the 256KB limit of an asynchronous event  (use at most 256KB)',
    ]);
  });

  it('has it for calls as for traffic, and a larger one where the caller waits', () => {
    const called = (day: string, line: string) =>
      linesOf(`asOf: ${day}\n${FILE.replace('a: { duration: 1s }', `a: { duration: 1s, calls: [{ ${line} }] }`)}`);
    expect(called('2025-11-01', 'to: b, invocation: Event, payload: 300KB')).toEqual([]);
    expect(called('2025-06-01', 'to: b, invocation: Event, payload: 300KB')).toEqual([
      'above-maximum  scenario.yaml:3:67  functions.a.calls[0].payload  300KB is above the 256KB limit of an asynchronous event  (use at most 256KB)',
    ]);
    expect(called('2025-06-01', 'to: b, payload: 6MB')).toEqual([]);
    expect(called('2025-06-01', 'to: b, payload: 7MB')).toEqual([
      'above-maximum  scenario.yaml:3:48  functions.a.calls[0].payload  7MB is above the 6MB limit of a synchronous request  (use at most 6MB)',
    ]);
    expect(called('2026-01-28', 'to: bus, payload: 300KB')).toHaveLength(1);
    expect(called('2026-01-29', 'to: bus, payload: 300KB')).toEqual([]);
    expect(called('2026-01-29', 'to: news, payload: 300KB')).toHaveLength(1);
  });
});

it('an environment holds connections to 30 dependencies, and no more', () => {
  const among = (length: number) => {
    const ids = Array.from({ length }, (_, index) => `d${index}`);
    const all = ids.map((id) => `${id}: { latency: 1ms, connection: { time: 1ms } }`);
    return linesOf(
      FILE.replace('db: { latency: 5ms }', all.join(', ')).replace(
        'a: { duration: 1s }',
        `a: { duration: 1s, calls: [${ids.map((id) => `{ to: ${id} }`)}] }`,
      ),
    );
  };
  expect(among(30)).toEqual([]);
  expect(among(31)).toEqual([
    'above-maximum  scenario.yaml:2:22  functions.a.calls  31 of the dependencies it calls have connections, and an environment holds those of at most 30  (put some of them together)',
  ]);
});

describe('a loop', () => {
  it('of functions that wait for each other is reported once, with its way', () => {
    const text = FILE.replace('a: { duration: 1s }', 'a: { duration: 1s, calls: [{ to: b }] }').replace(
      'b: { duration: 1s }',
      'b: { duration: 1s, calls: [{ to: a }] }',
    );
    expect(linesOf(text)).toEqual([
      'loop  scenario.yaml:3:36  functions.b.calls[0].to  functions wait for each other in a circle: a -> b -> a  (make one of the calls invocation: Event)',
    ]);
  });

  it('of asynchronous events is allowed: it is what recursion detection is for', () => {
    expect(withA('calls: [{ to: a, invocation: Event }]')).toEqual([]);
    expect(withA('async: { onSuccess: news }')).toEqual([]);
  });

  it('of topics is reported once', () => {
    expect(linesOf(FILE.replace('type: eventbridge', 'type: eventbridge, subscribers: [bus]'))).toEqual([
      'loop  scenario.yaml:6:79  topics.bus.subscribers[0]  the topic feeds itself: bus -> bus  (remove a subscriber)',
    ]);
  });

  it('of an SNS topic, which feeds no topic, is one message as well', () => {
    expect(linesOf(FILE.replace('subscribers: [a]', 'subscribers: [news]')).map((line) => line.split('  ')[0])).toEqual(
      ['wrong-kind'],
    );
  });

  it('of traffic that follows itself is reported once', () => {
    const follow = (id: string, other: string) => `${id}: { to: a, follows: { traffic: ${other}, ratio: 50% } }`;
    expect(linesOf(FILE.replace('web: { to: a, rate: 1/s }', `${follow('x', 'y')}, ${follow('y', 'x')}`))).toEqual([
      'loop  scenario.yaml:8:95  traffic.y.follows.traffic  traffic follows itself: x -> y -> x  (give one of them a rate of its own)',
    ]);
    expect(linesOf(FILE.replace('rate: 1/s', 'follows: { traffic: wbe }'))).toEqual([
      'unknown-id  scenario.yaml:8:46  traffic.web.follows.traffic  there is no traffic wbe  ()',
    ]);
  });
});

describe('asynchronous settings', () => {
  it('keep the ranges of AWS', () => {
    expect(withA('async: { maximumRetryAttempts: 3, maximumEventAge: 59s }')).toEqual([
      'above-maximum  scenario.yaml:2:53  functions.a.async.maximumRetryAttempts  3 retries are above the maximum of 2  (use 0 to 2)',
      'below-minimum  scenario.yaml:2:73  functions.a.async.maximumEventAge  59s is below the minimum of 1m  (use 1m to 6h)',
    ]);
    expect(withA('async: { maximumEventAge: 7h }')).toEqual([
      'above-maximum  scenario.yaml:2:48  functions.a.async.maximumEventAge  7h is above the maximum of 6h  (use 1m to 6h)',
    ]);
  });

  it('exist since a day', () => {
    const old = `asOf: 2019-11-24\n${FILE}`.replace(
      'a: { duration: 1s }',
      'a: { duration: 1s, async: { maximumRetryAttempts: 0, onFailure: dlq } }',
    );
    expect(linesOf(old).map((line) => line.split('  ').slice(0, 3).join(' '))).toEqual([
      'not-yet-available scenario.yaml:3:53 functions.a.async.maximumRetryAttempts',
      'not-yet-available scenario.yaml:3:67 functions.a.async.onFailure',
    ]);
  });
});

describe('the way a function is invoked', () => {
  const settings = (line: string) =>
    parseScenario(FILE.replace('to: a, rate: 1/s', `to: a, ${line}`)).scenario?.traffic[0];

  it('follows from via, and from a schedule without one', () => {
    expect(settings('rate: 1/s, via: s3')).toMatchObject({ via: 's3', invocation: 'Event', retry: { kind: 'none' } });
    expect(settings('rate: 1/s, via: rest-api, invocation: Event')).toMatchObject({
      invocation: 'Event',
      timeout: undefined,
    });
    expect(settings('schedule: rate(5 minutes)')).toMatchObject({ via: 'eventbridge', invocation: 'Event' });
  });

  it('cannot contradict a via that fixes it', () => {
    expect(linesOf(FILE.replace('rate: 1/s', 'rate: 1/s, via: alb, invocation: Event'))).toEqual([
      'one-of  scenario.yaml:8:59  traffic.web.invocation  via: alb always invokes as RequestResponse  (remove invocation, or use another via)',
    ]);
  });

  it('leaves nothing to wait for where it is Event', () => {
    expect(linesOf(FILE.replace('rate: 1/s', 'rate: 1/s, via: event, timeout: 3s'))).toEqual([
      'no-effect  scenario.yaml:8:58  traffic.web.timeout  timeout has no meaning for an asynchronous invocation, which waits for no answer  (remove timeout)',
    ]);
  });
});

describe('a dependency', () => {
  it('says what its settings need', () => {
    const found = withLine('').concat(
      linesOf(
        FILE.replace(
          'latency: 5ms',
          'latency: 5ms, maxConnections: 5, queueTimeout: 1s, outages: [{ at: 1s, for: 1s, factor: 3 }]',
        ),
      ),
    );
    expect(found.map((line) => line.split('  ')[2])).toEqual([
      'dependencies.db.maxConnections',
      'dependencies.db.queueTimeout',
      'dependencies.db.outages[0].factor',
    ]);
  });
});
