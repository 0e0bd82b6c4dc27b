/**
 * Exponential and normal variates by the ziggurat: Marsaglia and Tsang, "The ziggurat method for generating random
 * variables", Journal of Statistical Software 5(8), 2000. It differs in two points: 256 layers for the normal too, and
 * layer and magnitude come from different bits of the one 32-bit draw (in the paper they share the low bits, which
 * Doornik showed to be visible in the output). Nothing is allocated. test/engine/distributions/ziggurat.test.ts holds it to account.
 */
import type { Stream } from './random-streams.js';

const LAYERS = 256;
/** Where the tail of each curve begins, and the area of one layer. */
const EXPONENTIAL_TAIL = 7.69711747013105;
const EXPONENTIAL_AREA = 0.003949659822581557;
const NORMAL_TAIL = 3.654152885361009;
const NORMAL_AREA = 0.004928673233974652;

/** The right edge of each layer, widest first; edge 256 is 0. */
function layerEdges(tail: number, area: number, height: (x: number) => number, width: (y: number) => number) {
  const edges = new Float64Array(LAYERS + 1);
  edges[0] = area / height(tail);
  edges[1] = tail;
  for (let i = 2; i < LAYERS; i++) edges[i] = width(area / edges[i - 1] + height(edges[i - 1]));
  return edges;
}

/** Edges scaled so that a whole number of `bits` bits, plus a half, becomes a place inside the layer. */
function scaled(edges: Float64Array, bits: number): Float64Array {
  return edges.map((edge) => edge / 2 ** bits);
}

const exponentialHeight = (x: number) => Math.exp(-x);
const normalHeight = (x: number) => Math.exp(-0.5 * x * x);

const EXPONENTIAL_EDGES = layerEdges(EXPONENTIAL_TAIL, EXPONENTIAL_AREA, exponentialHeight, (y) => -Math.log(y));
const EXPONENTIAL_HEIGHTS = EXPONENTIAL_EDGES.map(exponentialHeight);
const EXPONENTIAL_SCALE = scaled(EXPONENTIAL_EDGES, 24);

const NORMAL_EDGES = layerEdges(NORMAL_TAIL, NORMAL_AREA, normalHeight, (y) => Math.sqrt(-2 * Math.log(y)));
const NORMAL_HEIGHTS = NORMAL_EDGES.map(normalHeight);
const NORMAL_SCALE = scaled(NORMAL_EDGES, 23);

/** One exponential variate with mean 1. Not capped: the tail is drawn exactly. */
export function exponential(stream: Stream): number {
  const bits = stream.bits();
  const layer = bits & 255;
  const x = ((bits >>> 8) + 0.5) * EXPONENTIAL_SCALE[layer];
  return x < EXPONENTIAL_EDGES[layer + 1] ? x : exponentialEdge(stream, layer, x);
}

/** One standard normal variate. */
export function normal(stream: Stream): number {
  const bits = stream.bits();
  const layer = bits & 255;
  const x = ((bits >>> 9) + 0.5) * NORMAL_SCALE[layer];
  const sign = (bits & 256) === 0 ? 1 : -1;
  return x < NORMAL_EDGES[layer + 1] ? sign * x : normalEdge(stream, layer, x, sign);
}

/** `count` exponential variates with this mean, the same numbers as `count` calls of `exponential`. */
export function fillExponential(stream: Stream, out: Float64Array, count: number, mean: number): void {
  for (let i = 0; i < count; i++) {
    const bits = stream.bits();
    const layer = bits & 255;
    const x = ((bits >>> 8) + 0.5) * EXPONENTIAL_SCALE[layer];
    // Two stores, not one of either value: the value of a call would make both an object.
    if (x < EXPONENTIAL_EDGES[layer + 1]) out[i] = mean * x;
    else out[i] = mean * exponentialEdge(stream, layer, x);
  }
}

/** `count` standard normal variates, the same numbers as `count` calls of `normal`. */
export function fillNormal(stream: Stream, out: Float64Array, count: number): void {
  for (let i = 0; i < count; i++) {
    const bits = stream.bits();
    const layer = bits & 255;
    const x = ((bits >>> 9) + 0.5) * NORMAL_SCALE[layer];
    const sign = (bits & 256) === 0 ? 1 : -1;
    if (x < NORMAL_EDGES[layer + 1]) out[i] = sign * x;
    else out[i] = normalEdge(stream, layer, x, sign);
  }
}

/** The one draw in a hundred that fell on the edge of its layer. */
function exponentialEdge(stream: Stream, layer: number, x: number): number {
  if (layer === 0) return EXPONENTIAL_TAIL - Math.log(stream.uniform());
  if (isUnder(EXPONENTIAL_HEIGHTS, layer, stream.uniform(), exponentialHeight(x))) return x;
  return exponential(stream);
}

function normalEdge(stream: Stream, layer: number, x: number, sign: number): number {
  if (layer === 0) return sign * normalTail(stream);
  if (isUnder(NORMAL_HEIGHTS, layer, stream.uniform(), normalHeight(x))) return sign * x;
  return normal(stream);
}

/** Marsaglia's tail: an exponential proposal, accepted with probability exp(-beyond^2 / 2). */
function normalTail(stream: Stream): number {
  for (;;) {
    const beyond = -Math.log(stream.uniform()) / NORMAL_TAIL;
    const proof = -Math.log(stream.uniform());
    if (proof + proof >= beyond * beyond) return NORMAL_TAIL + beyond;
  }
}

function isUnder(heights: Float64Array, layer: number, uniform: number, height: number): boolean {
  return heights[layer] + uniform * (heights[layer + 1] - heights[layer]) < height;
}
