/** UTF-8 to text, strictly: no overlong forms, no surrogates, nothing replaced. Written out because the core has no TextDecoder. */

export type Decoded =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly line: number; readonly column: number };

const CHUNK = 8_192;

/** The text without its byte order mark, or the position of the first byte that is not UTF-8 (columns count characters). */
export function decodeUtf8(bytes: Uint8Array): Decoded {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const parts: string[] = [];
  let points: number[] = [];
  let line = 1;
  let column = 1;
  for (let i = start; i < bytes.length; ) {
    const length = sequenceLength(bytes, i);
    if (length === 0) return { ok: false, line, column };
    const point = pointAt(bytes, i, length);
    points.push(point);
    if (points.length === CHUNK) {
      parts.push(String.fromCodePoint(...points));
      points = [];
    }
    if (point === 0x0a) {
      line++;
      column = 1;
    } else column++;
    i += length;
  }
  parts.push(String.fromCodePoint(...points));
  return { ok: true, text: parts.join('') };
}

/** Bytes of the sequence at `i`, 0 when it is malformed (Unicode Standard, table 3-7, "Well-Formed UTF-8 Byte Sequences"). */
function sequenceLength(bytes: Uint8Array, i: number): number {
  const first = bytes[i]!;
  if (first < 0x80) return 1;
  const second = bytes[i + 1] ?? 0;
  if (first >= 0xc2 && first <= 0xdf) return isContinuation(second) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef) {
    const low = first === 0xe0 ? 0xa0 : 0x80;
    const high = first === 0xed ? 0x9f : 0xbf;
    return second >= low && second <= high && isContinuation(bytes[i + 2]) ? 3 : 0;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    const low = first === 0xf0 ? 0x90 : 0x80;
    const high = first === 0xf4 ? 0x8f : 0xbf;
    return second >= low && second <= high && isContinuation(bytes[i + 2]) && isContinuation(bytes[i + 3]) ? 4 : 0;
  }
  return 0;
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x80 && byte <= 0xbf;
}

function pointAt(bytes: Uint8Array, i: number, length: number): number {
  if (length === 1) return bytes[i]!;
  let point = bytes[i]! & (0xff >> (length + 1));
  for (let k = 1; k < length; k++) point = (point << 6) | (bytes[i + k]! & 0x3f);
  return point;
}
