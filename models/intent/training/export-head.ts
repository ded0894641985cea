import { OnnxModel } from '../../onnx/onnx-model.ts';
import type { LinearHead } from './softmax.ts';

/** The opset of the encoder, so that one runtime serves both. */
const OPSET = 17;

/**
 * A linear head as ONNX: `hidden` [1, dense] (where it takes one), `buckets` [n] and `weights` [1, n] of the n-grams in,
 * `probabilities` [1, labels] out. The n-gram weights are kept as int8 with one scale a label, a quarter of the size.
 */
export function headModel(head: LinearHead, temperature: number): Uint8Array {
  const { labels, dense, buckets } = head;
  const model = new OnnxModel('intent', OPSET);
  const { scales, steps } = quantised(head.sparseWeights, labels);
  const rows = model.add('Gather', [
    model.signed('sparse_weights', steps, [buckets, labels]),
    model.input('buckets', 'int64', ['n']),
  ]);
  const floats = model.add('Cast', [rows], { to: FLOAT });
  const scaled = model.add('Mul', [floats, model.floats('sparse_scales', scales, [labels])]);
  let logits = model.add('MatMul', [model.input('weights', 'float32', [1, 'n']), scaled]);
  if (dense > 0) {
    const part = model.add('MatMul', [
      model.input('hidden', 'float32', [1, dense]),
      model.floats('dense_weights', head.denseWeights, [dense, labels]),
    ]);
    logits = model.add('Add', [logits, part]);
  }
  logits = model.add('Add', [logits, model.floats('bias', head.bias, [labels])]);
  const tempered = model.add('Div', [logits, model.scalar(temperature)]);
  model.output('probabilities', model.add('Softmax', [tempered], { axis: 1 }), [1, labels]);
  return model.finish('pulseplan');
}

/** Type code of float32 in onnx.proto. */
const FLOAT = 1;

function quantised(weights: Float32Array, labels: number): { scales: Float32Array; steps: Int8Array } {
  const scales = new Float32Array(labels);
  weights.forEach((weight, at) => {
    const label = at % labels;
    scales[label] = Math.max(scales[label] ?? 0, Math.abs(weight) / 127);
  });
  const steps = new Int8Array(weights.length);
  weights.forEach((weight, at) => {
    const scale = scales[at % labels] ?? 0;
    steps[at] = scale === 0 ? 0 : Math.round(weight / scale);
  });
  return { scales, steps };
}
