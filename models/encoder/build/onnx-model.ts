import { ProtobufWriter } from './protobuf.ts';

/** Field numbers and type codes are those of onnx.proto (onnx/onnx, IR version 8). */
const TYPE_CODES = { float32: 1, uint8: 2, int8: 3, int64: 7 } as const;
const IR_VERSION = 8;

export type ElementType = keyof typeof TYPE_CODES;
/** What an operator is given beside its inputs. A fraction is a float, even where it is a whole number. */
export type Attribute = number | readonly number[] | { float: number };
/** A number is fixed, a name is a size that each run chooses. */
export type Dimension = number | string;

interface Declared {
  name: string;
  type: ElementType;
  shape: readonly Dimension[];
}

interface Initializer {
  name: string;
  type: ElementType;
  shape: readonly number[];
  bytes: Uint8Array;
}

interface Node {
  op: string;
  inputs: readonly string[];
  outputs: readonly string[];
  attributes: Readonly<Record<string, Attribute>>;
}

/**
 * An ONNX graph under construction. Values are called by name; each call that adds one answers with its name, so a
 * network reads as nested calls. Nothing in the file depends on time, machine or the order of object keys.
 */
export class OnnxModel {
  private readonly inputs: Declared[] = [];
  private readonly outputs: Declared[] = [];
  private readonly initializers: Initializer[] = [];
  private readonly nodes: Node[] = [];
  private readonly constants = new Map<string, string>();

  constructor(
    private readonly name: string,
    private readonly opset: number,
  ) {}

  input(name: string, type: ElementType, shape: readonly Dimension[]): string {
    this.inputs.push({ name, type, shape });
    return name;
  }

  /** Gives a value the name by which it is asked for. */
  output(name: string, value: string, shape: readonly Dimension[]): void {
    this.nodes.push({ op: 'Identity', inputs: [value], outputs: [name], attributes: {} });
    this.outputs.push({ name, type: 'float32', shape });
  }

  floats(name: string, values: Float32Array, shape: readonly number[]): string {
    return this.initializer({ name, type: 'float32', shape, bytes: littleEndian(values) });
  }

  unsigned(name: string, values: Uint8Array, shape: readonly number[]): string {
    return this.initializer({ name, type: 'uint8', shape, bytes: values });
  }

  signed(name: string, values: Int8Array, shape: readonly number[]): string {
    return this.initializer({ name, type: 'int8', shape, bytes: new Uint8Array(values.buffer) });
  }

  /** One number; the same one is kept once. */
  scalar(value: number): string {
    return this.constant(`float ${value}`, (name) => this.floats(name, Float32Array.of(value), []));
  }

  /** Sizes, axes and indices. */
  whole(...values: number[]): string {
    return this.constant(`int64 ${values.join(' ')}`, (name) =>
      this.initializer({
        name,
        type: 'int64',
        shape: [values.length],
        bytes: new Uint8Array(BigInt64Array.from(values, BigInt).buffer),
      }),
    );
  }

  /** Adds an operator with one result. */
  add(op: string, inputs: readonly string[], attributes: Readonly<Record<string, Attribute>> = {}): string {
    return this.addMany(op, inputs, 1, attributes)[0] ?? '';
  }

  addMany(
    op: string,
    inputs: readonly string[],
    results: number,
    attributes: Readonly<Record<string, Attribute>> = {},
  ): string[] {
    const stem = `${op}_${this.nodes.length}`;
    const outputs = Array.from({ length: results }, (_, index) => (index === 0 ? stem : `${stem}_${index}`));
    this.nodes.push({ op, inputs, outputs, attributes });
    return outputs;
  }

  /** The bytes of the model file. */
  finish(producer: string): Uint8Array {
    return new ProtobufWriter()
      .integer(1, IR_VERSION)
      .text(2, producer)
      .message(7, (graph) => this.writeGraph(graph))
      .message(8, (imported) => imported.text(1, '').integer(2, this.opset))
      .finish();
  }

  private writeGraph(graph: ProtobufWriter): void {
    for (const node of this.nodes) graph.message(1, (writer) => writeNode(writer, node));
    graph.text(2, this.name);
    for (const { name, type, shape, bytes } of this.initializers) {
      graph.message(5, (tensor) => {
        for (const size of shape) tensor.integer(1, size);
        tensor.integer(2, TYPE_CODES[type]).text(8, name).bytes(9, bytes);
      });
    }
    for (const declared of this.inputs) graph.message(11, (writer) => writeDeclared(writer, declared));
    for (const declared of this.outputs) graph.message(12, (writer) => writeDeclared(writer, declared));
  }

  private initializer(added: Initializer): string {
    this.initializers.push(added);
    return added.name;
  }

  private constant(key: string, make: (name: string) => string): string {
    const known = this.constants.get(key);
    if (known !== undefined) return known;
    const name = make(`constant_${this.constants.size}`);
    this.constants.set(key, name);
    return name;
  }
}

function writeNode(writer: ProtobufWriter, node: Node): void {
  for (const input of node.inputs) writer.text(1, input);
  for (const output of node.outputs) writer.text(2, output);
  writer.text(3, node.outputs[0] ?? node.op).text(4, node.op);
  for (const [name, value] of Object.entries(node.attributes).sort(byName)) {
    writer.message(5, (attribute) => {
      attribute.text(1, name);
      if (typeof value === 'number') attribute.integer(3, value).integer(20, 2);
      else if ('float' in value) attribute.float(2, value.float).integer(20, 1);
      else {
        for (const item of value) attribute.integer(8, item);
        attribute.integer(20, 7);
      }
    });
  }
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

function writeDeclared(writer: ProtobufWriter, { name, type, shape }: Declared): void {
  writer.text(1, name).message(2, (kind) =>
    kind.message(1, (tensor) =>
      tensor.integer(1, TYPE_CODES[type]).message(2, (sizes) => {
        for (const size of shape) {
          sizes.message(1, (dimension) =>
            typeof size === 'number' ? dimension.integer(1, size) : dimension.text(2, size),
          );
        }
      }),
    ),
  );
}

/** Model files are little-endian wherever they are made. */
function littleEndian(values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  values.forEach((value, index) => view.setFloat32(index * 4, value, true));
  return bytes;
}
