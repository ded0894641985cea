import { OnnxModel } from '../../encoder/build/onnx-model.ts';
import type { HeadWeights } from './network.ts';

/** The opset of the encoder, so that one runtime serves both. */
const OPSET = 17;
/** Type code of float32 in onnx.proto. */
const FLOAT = 1;

/**
 * A head as ONNX: `hidden` [1, dense] (where it takes one), `buckets` [n] and `weights` [1, n] of the n-grams in,
 * `probabilities` [1, labels] out. The n-gram weights are kept as int8 with one scale a column, a quarter of the size.
 */
export function headModel(weights: HeadWeights, temperature: number): Uint8Array {
  const { labels, dense, buckets, hidden } = weights.shape;
  const width = labels + hidden;
  const model = new OnnxModel('intent', OPSET);
  const { scales, steps } = quantised(beside(weights.sparseOut, labels, weights.sparseIn, hidden), width);
  const rows = model.add('Gather', [
    model.signed('sparse_weights', steps, [buckets, width]),
    model.input('buckets', 'int64', ['n']),
  ]);
  const floats = model.add('Cast', [rows], { to: FLOAT });
  const sum = model.add('MatMul', [model.input('weights', 'float32', [1, 'n']), floats]);
  const bias = beside(weights.bias, labels, weights.hiddenBias, hidden);
  let both = model.add('Add', [
    model.add('Mul', [sum, model.floats('sparse_scales', scales, [width])]),
    model.floats('bias', bias, [width]),
  ]);
  if (dense > 0) {
    const matrix = beside(weights.denseOut, labels, weights.denseIn, hidden);
    const product = model.add('MatMul', [
      model.input('hidden', 'float32', [1, dense]),
      model.floats('dense_weights', matrix, [dense, width]),
    ]);
    both = model.add('Add', [both, product]);
  }
  let logits = both;
  if (hidden > 0) {
    const [linear = '', units = ''] = model.addMany('Split', [both, model.whole(labels, hidden)], 2, { axis: 1 });
    const deep = model.add('MatMul', [
      model.add('Relu', [units]),
      model.floats('hidden_weights', weights.hiddenOut, [hidden, labels]),
    ]);
    logits = model.add('Add', [linear, deep]);
  }
  const tempered = model.add('Div', [logits, model.scalar(temperature)]);
  model.output('probabilities', model.add('Softmax', [tempered], { axis: 1 }), [1, labels]);
  return model.finish('pulseplan');
}

/** Two matrices with as many rows, side by side. */
function beside(left: Float32Array, leftWidth: number, right: Float32Array, rightWidth: number): Float32Array {
  if (rightWidth === 0) return left;
  const rows = left.length / leftWidth;
  const joined = new Float32Array(rows * (leftWidth + rightWidth));
  for (let row = 0; row < rows; row += 1) {
    const from = row * (leftWidth + rightWidth);
    joined.set(left.subarray(row * leftWidth, (row + 1) * leftWidth), from);
    joined.set(right.subarray(row * rightWidth, (row + 1) * rightWidth), from + leftWidth);
  }
  return joined;
}

function quantised(matrix: Float32Array, width: number): { scales: Float32Array; steps: Int8Array } {
  const scales = new Float32Array(width);
  matrix.forEach((value, at) => {
    const column = at % width;
    scales[column] = Math.max(scales[column] as number, Math.abs(value) / 127);
  });
  const steps = Int8Array.from(matrix, (value, at) => {
    const scale = scales[at % width] as number;
    return scale === 0 ? 0 : Math.round(value / scale);
  });
  return { scales, steps };
}
