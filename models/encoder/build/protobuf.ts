/**
 * As much of the protobuf wire format as a model file needs: whole numbers, 32-bit floats, texts, bytes and messages
 * inside messages. Fields are written in the order they are given, so the same calls make the same bytes.
 */
export class ProtobufWriter {
  private readonly parts: Uint8Array[] = [];

  /** A whole number from 0 up; -1 and lower have no place in what is written here. */
  integer(field: number, value: number): this {
    return this.tag(field, 0).push(varint(value));
  }

  float(field: number, value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    return this.tag(field, 5).push(bytes);
  }

  text(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value));
  }

  bytes(field: number, value: Uint8Array): this {
    return this.tag(field, 2).push(varint(value.length)).push(value);
  }

  message(field: number, write: (writer: ProtobufWriter) => void): this {
    const inner = new ProtobufWriter();
    write(inner);
    return this.bytes(field, inner.finish());
  }

  finish(): Uint8Array {
    return Buffer.concat(this.parts);
  }

  private tag(field: number, wireType: 0 | 2 | 5): this {
    return this.push(varint(field * 8 + wireType));
  }

  private push(bytes: Uint8Array): this {
    this.parts.push(bytes);
    return this;
  }
}

/** By arithmetic rather than bit operations: lengths may lie above 2^31. */
function varint(value: number): Uint8Array {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new RangeError(`${value} is no whole number from 0 up`);
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
  return Uint8Array.from(bytes);
}
