import type { OnnxModel } from './onnx-model.ts';
import type { Matrix } from './source-model.ts';

/** The two things that differ between the exact and the small model: how tables are read and how matrices multiply. */
export interface Layers {
  /** Rows of a table by id: `[batch, length]` to `[batch, length, columns]`. */
  lookUp(name: string, table: Matrix, ids: string): string;
  /** `x · weights + bias` over the last axis. */
  dense(name: string, x: string, weights: Matrix, bias: Float32Array): string;
}

/** Every number as it was trained, in 32-bit floats. */
export class ExactLayers implements Layers {
  constructor(private readonly model: OnnxModel) {}

  lookUp(name: string, table: Matrix, ids: string): string {
    return this.model.add('Gather', [
      this.model.floats(name, table.values, [table.rows, table.columns]),
      ids,
    ]);
  }

  dense(name: string, x: string, weights: Matrix, bias: Float32Array): string {
    const { model } = this;
    const matrix = model.floats(`${name}.weight`, weights.values, [weights.rows, weights.columns]);
    return model.add('Add', [
      model.add('MatMul', [x, matrix]),
      model.floats(`${name}.bias`, bias, [bias.length]),
    ]);
  }
}

/** Half of what eight bits tell apart; weights lie evenly on both sides of zero. */
const STEPS = 127;
const UNSIGNED_ZERO = 128;

/**
 * Weights in eight bits, a quarter of the size; activations are brought to eight bits at run time, each tensor with the
 * scale that it needs (dynamic quantisation). Every output column has a scale of its own, and every row of the table.
 *
 * Weights are stored unsigned: products of unsigned and signed bytes saturate on processors with AVX2 only, and the
 * vectors there would be others than elsewhere.
 */
export class QuantisedLayers implements Layers {
  /** A tensor that goes into two matrices is brought to eight bits once. */
  private readonly quantised = new Map<string, { values: string; scale: string; zero: string }>();

  constructor(private readonly model: OnnxModel) {}

  lookUp(name: string, table: Matrix, ids: string): string {
    const { model } = this;
    const { rows, columns } = table;
    const scales = new Float32Array(rows);
    const values = new Int8Array(rows * columns);
    for (let row = 0; row < rows; row += 1) {
      const start = row * columns;
      const scale = scaleOf(table.values.subarray(start, start + columns));
      scales[row] = scale;
      for (let index = start; index < start + columns; index += 1)
        values[index] = step(table.values[index] ?? 0, scale);
    }
    const bytes = model.add('Gather', [model.signed(name, values, [rows, columns]), ids]);
    const scale = model.add('Gather', [model.floats(`${name}.scale`, scales, [rows, 1]), ids]);
    return model.add('Mul', [model.add('Cast', [bytes], { to: 1 }), scale]);
  }

  dense(name: string, x: string, weights: Matrix, bias: Float32Array): string {
    const { model } = this;
    const { rows, columns } = weights;
    const scales = new Float32Array(columns);
    const values = new Uint8Array(rows * columns);
    for (let column = 0; column < columns; column += 1) {
      const scale = scaleOf(
        Float32Array.from({ length: rows }, (_, row) => weights.values[row * columns + column] ?? 0),
      );
      scales[column] = scale;
      for (let index = column; index < values.length; index += columns)
        values[index] = step(weights.values[index] ?? 0, scale) + UNSIGNED_ZERO;
    }
    const activation = this.quantise(x);
    const zeros = new Uint8Array(columns).fill(UNSIGNED_ZERO);
    const product = model.add('MatMulInteger', [
      activation.values,
      model.unsigned(`${name}.weight`, values, [rows, columns]),
      activation.zero,
      model.unsigned(`${name}.zero`, zeros, [columns]),
    ]);
    const scale = model.add('Mul', [activation.scale, model.floats(`${name}.scale`, scales, [columns])]);
    const floats = model.add('Mul', [model.add('Cast', [product], { to: 1 }), scale]);
    return model.add('Add', [floats, model.floats(`${name}.bias`, bias, [bias.length])]);
  }

  private quantise(x: string): { values: string; scale: string; zero: string } {
    const known = this.quantised.get(x);
    if (known !== undefined) return known;
    const [values = '', scale = '', zero = ''] = this.model.addMany('DynamicQuantizeLinear', [x], 3);
    const made = { values, scale, zero };
    this.quantised.set(x, made);
    return made;
  }
}

/** In 32 bits, as it is stored: what is divided by it here is multiplied by it there. */
function scaleOf(values: Float32Array): number {
  const largest = values.reduce((found, value) => Math.max(found, Math.abs(value)), 0);
  return largest === 0 ? 1 : Math.fround(largest / STEPS);
}

const step = (value: number, scale: number): number =>
  Math.max(-STEPS, Math.min(STEPS, Math.round(value / scale)));
