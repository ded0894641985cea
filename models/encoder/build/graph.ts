import { ENCODER_DIMENSION, MAX_TOKENS } from '../artefact.ts';
import { ExactLayers, QuantisedLayers, type Layers } from './layers.ts';
import { OnnxModel } from './onnx-model.ts';
import type { SourceModel } from './source-model.ts';

export type Precision = 'fp32' | 'int8';

const OPSET = 17;
const HEADS = 4;
/** Added to the score of a padded key: its share of the attention is exactly 0. */
const PADDED = -1e9;
const NORM_EPSILON = 1e-6;
/** Below it a vector counts as having no direction. */
const SMALLEST_LENGTH = 1e-6;

/** TensorFlow's names: weights as they were stored, and weights that its export had put together. */
const STORED = 'module/Encoder_en';
const APPLIED = 'module_apply_default/Encoder_en';
const ENCODE = 'KonaTransformer/Encode';
const PARTS = 'ConcatPartitions/concat';

/**
 * Universal Sentence Encoder Lite as an ONNX graph: two Transformer layers over the pieces of a text, the mean over
 * the pieces, and a dense layer on top.
 *
 * Inputs: `input_ids` and `attention_mask`, `[batch, length]`, length at most 128, padded on the right.
 * Outputs, all of 512 numbers: `last_hidden_state` for each piece; `hid`, its mean brought to length 1, which is also
 * what `pipeline('feature-extraction', { pooling: 'mean', normalize: true })` makes of it; and `emb`, the published
 * embedding.
 */
export function sentenceEncoder(source: SourceModel, precision: Precision): Uint8Array {
  const model = new OnnxModel('universal-sentence-encoder-lite', OPSET);
  const layers: Layers = precision === 'fp32' ? new ExactLayers(model) : new QuantisedLayers(model);
  return new SentenceEncoderGraph(source, model, layers).build();
}

class SentenceEncoderGraph {
  constructor(
    private readonly source: SourceModel,
    private readonly model: OnnxModel,
    private readonly layers: Layers,
  ) {}

  build(): Uint8Array {
    const { model, source } = this;
    const ids = model.input('input_ids', 'int64', ['batch', 'length']);
    const mask = model.add('Cast', [model.input('attention_mask', 'int64', ['batch', 'length'])], { to: 1 });
    const bias = this.paddingBias(mask);
    const first = this.transformerLayer(0, this.embed(ids), bias);
    const hidden = this.transformerLayer(1, first, bias);
    const mean = this.meanOfPieces(hidden, mask);
    const top = `${STORED}/hidden_layers/tanh_layer_0`;
    const dense = this.layers.dense(
      'top',
      mean,
      source.matrix(`${top}/weights`),
      source.vector(`${top}/bias`),
    );
    model.output('last_hidden_state', hidden, ['batch', 'length', ENCODER_DIMENSION]);
    model.output('emb', this.unitLength(model.add('Tanh', [dense])), ['batch', ENCODER_DIMENSION]);
    model.output('hid', this.unitLength(mean), ['batch', ENCODER_DIMENSION]);
    return model.finish('pulseplan');
  }

  /** `[batch, 1, 1, length]`: the same for every head and every query. */
  private paddingBias(mask: string): string {
    const { model } = this;
    const padded = model.add('Sub', [model.scalar(1), model.add('Unsqueeze', [mask, model.whole(1, 2)])]);
    return model.add('Mul', [padded, model.scalar(PADDED)]);
  }

  /** The reference adds the embedding to the position, and the sum to the embedding once more. */
  private embed(ids: string): string {
    const { model, source } = this;
    const embedding = this.layers.lookUp('pieces', source.matrix('module/Embeddings_en'), ids);
    const twice = model.add('Mul', [embedding, model.scalar(2)]);
    return model.add('Add', [twice, this.positions(ids)]);
  }

  /** A table rather than sines at run time: those would cost as much as a tenth of the whole run. */
  private positions(ids: string): string {
    const { model, source } = this;
    const signal = `${APPLIED}/${ENCODE}/TransformerStack/Layer_0/AddTimingSignal/TimingSignal/ExpandDims_1`;
    const frequencies = source.vector(signal);
    const table = model.floats('positions', positionTable(frequencies), [MAX_TOKENS, 2 * frequencies.length]);
    const length = model.add('Shape', [ids], { start: 1, end: 2 });
    return model.add('Slice', [table, model.whole(0), length, model.whole(0)]);
  }

  private transformerLayer(number: 0 | 1, x: string, bias: string): string {
    const { model, source } = this;
    const path = `${ENCODE}/Layer_${number}/TransformerLayer`;
    const attended = this.attention(number, this.norm(path, x), bias);
    // The first layer makes 512 numbers out of 256, so what goes round it has to grow too.
    const round =
      number === 1
        ? x
        : this.layers.dense(
            'layer0.round',
            x,
            source.matrix(`${APPLIED}/${path}/dense/kernel/${PARTS}`),
            source.vector(`${APPLIED}/${path}/dense/bias/${PARTS}`),
          );
    const between = model.add('Add', [attended, round]);
    return model.add('Add', [this.feedForward(number, this.norm(`${path}/FFN`, between)), between]);
  }

  private attention(number: 0 | 1, x: string, bias: string): string {
    const { model } = this;
    const at = `${ENCODE}/Layer_${number}/TransformerLayer/MultiheadAttention`;
    const transform = (name: 'qkv' | 'output', input: string): string =>
      this.layers.dense(
        `layer${number}.${name}`,
        input,
        this.source.matrix(`${STORED}/${at}/${name}_transform_single/kernel/part_0`),
        this.source.vector(`${APPLIED}/${at}/${name}_transform_single/bias/${PARTS}`),
      );
    const width = this.source.matrix(`${STORED}/${at}/output_transform_single/kernel/part_0`).rows;
    const headWidth = width / HEADS;
    const [query = '', key = '', value = ''] = model.addMany('Split', [transform('qkv', x)], 3, { axis: 2 });
    const heads = (values: string, perm: readonly number[]): string => {
      const split = model.add('Reshape', [values, model.whole(0, 0, HEADS, headWidth)]);
      return model.add('Transpose', [split], { perm });
    };
    const scaled = model.add('Mul', [query, model.scalar(Math.fround(1 / Math.sqrt(headWidth)))]);
    const scores = model.add('MatMul', [heads(scaled, [0, 2, 1, 3]), heads(key, [0, 2, 3, 1])]);
    const shares = model.add('Softmax', [model.add('Add', [scores, bias])], { axis: 3 });
    const mixed = model.add('MatMul', [shares, heads(value, [0, 2, 1, 3])]);
    const joined = model.add('Reshape', [
      model.add('Transpose', [mixed], { perm: [0, 2, 1, 3] }),
      model.whole(0, 0, width),
    ]);
    return transform('output', joined);
  }

  private feedForward(number: 0 | 1, x: string): string {
    const path = `${ENCODE}/Layer_${number}/TransformerLayer/FFN`;
    const layer = (name: 'conv1' | 'conv2', input: string): string =>
      this.layers.dense(
        `layer${number}.${name}`,
        input,
        this.source.matrix(
          `${APPLIED}/${ENCODE}/TransformerStack/Layer_${number}/TransformerLayer/FFN/${name}/Tensordot/Reshape_1`,
        ),
        this.source.vector(`${APPLIED}/${path}/${name}/bias/${PARTS}`),
      );
    return layer('conv2', this.model.add('Relu', [layer('conv1', x)]));
  }

  private norm(path: string, x: string): string {
    const { model, source } = this;
    const at = `${APPLIED}/${path}/layer_prepostprocess/layer_norm`;
    const scale = source.vector(`${at}/layer_norm_scale/${PARTS}`);
    const bias = source.vector(`${at}/layer_norm_bias/${PARTS}`);
    return model.add(
      'LayerNormalization',
      [
        x,
        model.floats(`${path}.norm.scale`, scale, [scale.length]),
        model.floats(`${path}.norm.bias`, bias, [bias.length]),
      ],
      { epsilon: { float: NORM_EPSILON } },
    );
  }

  private meanOfPieces(hidden: string, mask: string): string {
    const { model } = this;
    const kept = model.add('Mul', [hidden, model.add('Unsqueeze', [mask, model.whole(2)])]);
    const sum = model.add('ReduceSum', [kept, model.whole(1)], { keepdims: 0 });
    const count = model.add('ReduceSum', [mask, model.whole(1)], { keepdims: 1 });
    return model.add('Div', [sum, model.add('Max', [count, model.scalar(1)])]);
  }

  private unitLength(x: string): string {
    const { model } = this;
    const length = model.add('ReduceL2', [x], { axes: [1], keepdims: 1 });
    return model.add('Div', [x, model.add('Max', [length, model.scalar(SMALLEST_LENGTH)])]);
  }
}

/** Row n is where piece n is: sines of n times each frequency, then the cosines. */
function positionTable(frequencies: Float32Array): Float32Array {
  const width = 2 * frequencies.length;
  const table = new Float32Array(MAX_TOKENS * width);
  for (let position = 0; position < MAX_TOKENS; position += 1) {
    frequencies.forEach((frequency, index) => {
      const angle = Math.fround(position * frequency);
      table[position * width + index] = Math.sin(angle);
      table[position * width + frequencies.length + index] = Math.cos(angle);
    });
  }
  return table;
}
